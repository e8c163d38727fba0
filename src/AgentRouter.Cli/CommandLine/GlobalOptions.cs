using System.CommandLine;

namespace AgentRouter.Cli.CommandLine;

/// <summary>The options that every command takes.</summary>
internal static class GlobalOptions
{
    /// <summary>The name of the option that shows stack traces.</summary>
    public const string VerboseName = "--verbose";

    /// <summary>Makes the option that shows stack traces.</summary>
    public static Option<bool> CreateVerbose() => new(VerboseName)
    {
        Description = "Show more: where an error came from, and every warning.",
        Recursive = true,
    };

    /// <summary>Reads whether more should be shown.</summary>
    public static bool IsVerbose(this ParseResult result) => result.GetValue<bool>(VerboseName);
}
