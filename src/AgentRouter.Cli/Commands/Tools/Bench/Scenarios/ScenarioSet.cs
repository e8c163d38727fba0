namespace AgentRouter.Cli.Commands.Tools.Bench.Scenarios;

/// <summary>Scenarios that were published together, with the totals that were published for them.</summary>
/// <param name="Id">Its name for programs.</param>
/// <param name="Title">Where they are from.</param>
/// <param name="Scenarios">The scenarios.</param>
/// <param name="Published">The published totals, in the order of the systems here: the router, ReAct, the static workflow.</param>
internal sealed record ScenarioSet(string Id, string Title, IReadOnlyList<Scenario> Scenarios, IReadOnlyList<PublishedTotals> Published)
{
    /// <summary>Gets all sets.</summary>
    public static IReadOnlyList<ScenarioSet> All { get; } = [PaperScenarios.Set, RepositoryScenarios.Set];
}
