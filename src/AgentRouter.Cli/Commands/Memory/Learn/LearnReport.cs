using AgentRouter.Events;
using AgentRouter.Memory.Ingestion.Extraction;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Engine;

namespace AgentRouter.Cli.Commands.Memory.Learn;

/// <summary>What came of learning.</summary>
/// <param name="RunId">The run under which it is recorded.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">Why.</param>
/// <param name="SpentUsd">What it cost.</param>
/// <param name="LimitUsd">What it might have cost.</param>
/// <param name="Models">The models that were asked.</param>
/// <param name="Learned">What was learned; <see langword="null"/> where the work broke off.</param>
internal sealed record LearnReport(string RunId, RunOutcome Outcome, string? Reason, decimal SpentUsd, decimal? LimitUsd, IReadOnlyList<LearnedWith> Models, ExtractionResult? Learned)
{
    /// <summary>Makes the report of a task.</summary>
    public static LearnReport Of(RunResult result, ExtractionResult? learned, IReadOnlyList<LearnedWith> models) =>
        new(result.RunId, result.Outcome, result.Reason, result.Budget.Spent.Usd.ToUsd(), result.Budget.LimitUsd?.ToUsd(), models, learned);
}

/// <summary>A model that was asked.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Calls">How often.</param>
/// <param name="Usd">What it cost.</param>
internal sealed record LearnedWith(string Model, long Calls, decimal Usd)
{
    public LearnedWith(string model, long calls, Money spent)
        : this(model, calls, spent.ToUsd())
    {
    }
}
