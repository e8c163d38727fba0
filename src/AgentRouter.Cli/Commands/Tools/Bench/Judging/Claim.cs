namespace AgentRouter.Cli.Commands.Tools.Bench.Judging;

/// <summary>What a system says of its own end.</summary>
internal enum Claim
{
    /// <summary>It says that it has failed.</summary>
    Failed,

    /// <summary>It says that a lesser goal is reached.</summary>
    Lesser,

    /// <summary>It says that the goal is reached, or says nothing.</summary>
    Reached,
}
