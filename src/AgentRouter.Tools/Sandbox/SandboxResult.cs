namespace AgentRouter.Tools.Sandbox;

/// <summary>What came of a command.</summary>
/// <param name="ExitCode">Its exit code; <see cref="TimedOutExitCode"/> or <see cref="KilledExitCode"/> when it was ended.</param>
/// <param name="Output">What it printed to standard output and standard error, in order, without escape sequences, shortened in the middle.</param>
/// <param name="End">How it came to its end.</param>
public sealed record SandboxResult(int ExitCode, string Output, SandboxEnd End)
{
    /// <summary>The exit code of a command that ran out of time, as <c>timeout</c> has it.</summary>
    public const int TimedOutExitCode = 124;

    /// <summary>The exit code of a command that was killed for another reason, as shells have it.</summary>
    public const int KilledExitCode = 137;
}
