namespace AgentRouter.Cli.Commands.Tools.Bench.Measuring;

/// <summary>What a system made of a set of scenarios.</summary>
/// <param name="System">The system.</param>
/// <param name="Correct">How many scenarios ended right.</param>
/// <param name="LlmCalls">How often a model was asked.</param>
/// <param name="ToolCalls">How many services were called.</param>
/// <param name="Reroutes">How often the work went on after a failure.</param>
/// <param name="Demotions">How often a lesser goal was taken.</param>
/// <param name="Escalations">How often somebody had to decide.</param>
/// <param name="Silent">The scenarios that failed silently.</param>
/// <param name="BranchesRun">How many required branches of fan-outs were run.</param>
/// <param name="Branches">How many are required.</param>
internal sealed record SystemTotals(
    string System, int Correct, int LlmCalls, int ToolCalls, int Reroutes, int Demotions, int Escalations, IReadOnlyList<string> Silent, int BranchesRun, int Branches)
{
    /// <summary>Sums up.</summary>
    /// <param name="scenarios">The scenarios.</param>
    /// <param name="at">The system's place in them.</param>
    public static SystemTotals Of(IReadOnlyList<ScenarioReport> scenarios, int at)
    {
        SystemReport[] runs = [.. scenarios.Select(scenario => scenario.Systems[at])];
        return new SystemTotals(
            runs[0].System,
            runs.Count(run => run.Verdict.IsRight),
            runs.Sum(run => run.LlmCalls),
            runs.Sum(run => run.ToolCalls),
            runs.Sum(run => run.Reroutes),
            runs.Sum(run => run.Demotions),
            runs.Sum(run => run.Escalations),
            [.. scenarios.Where(scenario => scenario.Systems[at].IsSilent).Select(scenario => scenario.Id)],
            runs.Sum(run => run.Verdict.BranchesRun),
            scenarios.Sum(scenario => scenario.End.Branches.Count));
    }
}
