using System.CommandLine;

namespace AgentRouter.Cli.CommandLine;

/// <summary>Options that several commands take with the same meaning.</summary>
internal static class SharedOptions
{
    /// <summary>Makes the option that names the folder of the records.</summary>
    public static Option<string?> RunsFolder() => new("--runs")
    {
        HelpName = "FOLDER",
        Description = "Where runs are recorded. By default in the user's data folder.",
    };

    /// <summary>Makes the option that names the configuration.</summary>
    public static Option<string?> Configuration() => new("--config")
    {
        HelpName = "FILE",
        Description = "The configuration with providers and models. By default the nearest agentrouter.yaml upward.",
    };
}
