using AgentRouter.Cli.Commands.Tools.Bench.Scenarios;

namespace AgentRouter.Cli.Commands.Tools.Bench.Measuring;

/// <summary>What the systems made of a set of scenarios, beside what was published for it.</summary>
/// <param name="Id">The set's name.</param>
/// <param name="Title">Where it is from.</param>
/// <param name="Scenarios">The scenarios.</param>
/// <param name="Totals">The sums of each system.</param>
/// <param name="Published">The published totals, which were not measured here.</param>
internal sealed record SetReport(
    string Id, string Title, IReadOnlyList<ScenarioReport> Scenarios, IReadOnlyList<SystemTotals> Totals, IReadOnlyList<PublishedTotals> Published);
