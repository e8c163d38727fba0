namespace AgentRouter.Cli.Commands.Tools.Bench.Measuring;

/// <summary>How a system's work on a scenario ended, by the log.</summary>
internal enum SystemOutcome
{
    /// <summary>The whole goal is there.</summary>
    Goal,

    /// <summary>The best lesser goal is there, where no more could be had.</summary>
    Lesser,

    /// <summary>The right end is not there, and the system says so.</summary>
    Wrong,

    /// <summary>The right end is not there, or not the whole goal, and the system says that it is.</summary>
    Silent,
}
