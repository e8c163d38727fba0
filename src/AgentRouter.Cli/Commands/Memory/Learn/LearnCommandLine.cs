using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Terminals;

namespace AgentRouter.Cli.Commands.Memory.Learn;

/// <summary>The command that goes on with learning.</summary>
internal static class LearnCommandLine
{
    /// <summary>Writes the command.</summary>
    public static string Of(LearnOptions options)
    {
        List<string> words = [AgentRouterCommand.Name, "memory", "learn", "--scope", ShellText.Quote(options.Scope.ToString())];
        foreach (string source in options.Sources)
            words.AddRange(["--source", ShellText.Quote(source)]);
        if (options.Store is { } store)
            words.AddRange(["--store", ShellText.Quote(store)]);
        return string.Join(' ', words);
    }
}
