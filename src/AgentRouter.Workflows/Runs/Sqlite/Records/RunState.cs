using AgentRouter.Events;
using AgentRouter.Pricing;

namespace AgentRouter.Workflows.Runs.Sqlite.Records;

/// <summary>What the list of runs says of a run: the fold of its events.</summary>
internal sealed record RunState
{
    public string? Workflow { get; init; }

    public DateTimeOffset? Began { get; init; }

    /// <summary>Gets how it ended; <see langword="null"/> while it goes on, again too.</summary>
    public RunOutcome? Outcome { get; init; }

    public string? Reason { get; init; }

    public Money Spent { get; init; }

    public Money? Budget { get; init; }

    public long Calls { get; init; }

    /// <summary>Adds the next event.</summary>
    public RunState With(RunEvent next) => next switch
    {
        RunEnded ended => this with { Outcome = ended.Outcome, Reason = ended.Reason },
        _ when Outcome is not null => (this with { Outcome = null, Reason = null }).With(next),
        RunStarted started => this with { Workflow = started.Workflow, Began = Began ?? started.Time, Budget = started.Budget.LimitUsd },
        BudgetSettled settled => this with { Spent = Spent + settled.Booked.Usd, Calls = Calls + settled.Booked.Calls },
        _ => this,
    };
}
