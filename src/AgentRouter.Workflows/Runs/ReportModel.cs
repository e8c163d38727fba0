using AgentRouter.Pricing;

namespace AgentRouter.Workflows.Runs;

/// <summary>What one model did in a run.</summary>
/// <param name="Model">The model.</param>
/// <param name="Tier">Its tier, where the record tells.</param>
/// <param name="Calls">The calls that were booked.</param>
/// <param name="Usage">The tokens that were reported.</param>
/// <param name="Cost">What was booked.</param>
public sealed record ReportModel(string Model, string? Tier, long Calls, TokenUsage Usage, Money Cost);
