using AgentRouter.Events;

namespace AgentRouter.Cli.CommandLine;

/// <summary>What the process answers to whoever started it.</summary>
internal static class ExitCodes
{
    public const int Succeeded = 0;
    public const int Failed = 2;
    public const int BudgetExceeded = 3;
    public const int Cancelled = 4;
    public const int Waiting = 5;

    /// <summary>Wrong usage or an invalid file; the number is that of <c>EX_USAGE</c> in sysexits.h.</summary>
    public const int Usage = 64;

    /// <summary>Gets the exit code of a run's outcome.</summary>
    public static int Of(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Succeeded => Succeeded,
        RunOutcome.Failed => Failed,
        RunOutcome.BudgetExceeded => BudgetExceeded,
        RunOutcome.Cancelled => Cancelled,
        RunOutcome.Waiting => Waiting,
        _ => Failed,
    };
}
