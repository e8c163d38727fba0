namespace AgentRouter.Cli.Commands.Tools.Bench.Judging;

/// <summary>What the log of a world comes to.</summary>
/// <param name="Problems">What is wrong; empty when the end is right.</param>
/// <param name="BranchesRun">How many of the required branches were run.</param>
internal sealed record Verdict(IReadOnlyList<string> Problems, int BranchesRun)
{
    /// <summary>Gets a value indicating whether the right end was reached.</summary>
    public bool IsRight => Problems.Count == 0;
}
