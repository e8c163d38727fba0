using AgentRouter.Memory.Ingestion.Extraction;
using AgentRouter.Pricing;

namespace AgentRouter.Cli.Commands.Memory.Learn;

/// <summary>What would be asked.</summary>
/// <param name="Plan">How much.</param>
/// <param name="MostUsd">What it may cost at most with the dearest model; <see langword="null"/> where none is configured.</param>
internal sealed record LearnPlan(ExtractionPlan Plan, decimal? MostUsd)
{
    public LearnPlan(ExtractionPlan plan, Money? most)
        : this(plan, most?.ToUsd())
    {
    }
}
