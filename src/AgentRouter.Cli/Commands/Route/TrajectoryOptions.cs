using System.CommandLine;

namespace AgentRouter.Cli.Commands.Route;

/// <summary>Options that the commands over recorded runs take with the same meaning.</summary>
internal static class TrajectoryOptions
{
    /// <summary>Makes the option that names the recorded runs.</summary>
    public static Option<string[]> Data() => new("--data")
    {
        HelpName = "FILE",
        Description = "Recorded runs: JSON Lines, plain or .gz; several are put together. docs/trajectories.md gives the format.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };
}
