using System.CommandLine;
using AgentRouter.Cli.Hosting;

namespace AgentRouter.Cli.CommandLine;

/// <summary>Arguments and options that several commands take with the same meaning.</summary>
internal static class SharedOptions
{
    /// <summary>Makes the argument that names a recorded run.</summary>
    public static Argument<string> Run() => new("RUN") { Description = "The run's id, the beginning of it, or 'last'.", DefaultValueFactory = _ => RunLookup.Last };

    /// <summary>Makes the option that names the folder of the store; <c>--runs</c> is its name of before.</summary>
    public static Option<string?> Store() => new("--store", "--runs")
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
