using AgentRouter.Cli.Commands.Tools.Bench.Judging;
using AgentRouter.Cli.Commands.Tools.Bench.Scenarios;
using AgentRouter.Cli.Commands.Tools.Bench.Systems;
using AgentRouter.Cli.Commands.Tools.Bench.Systems.Healer;
using AgentRouter.Cli.Commands.Tools.Bench.Systems.ReAct;
using AgentRouter.Cli.Commands.Tools.Bench.Systems.Static;
using AgentRouter.Cli.Commands.Tools.Bench.Worlds;

namespace AgentRouter.Cli.Commands.Tools.Bench.Measuring;

/// <summary>Lets each system do the work of each scenario, in a world of its own that fails in the same way, and has the oracle judge the log.</summary>
internal static class ScenarioBenchmark
{
    private static readonly IBenchSystem[] Systems = [new HealerSystem(), new ReActSystem(), new StaticSystem()];

    /// <summary>Runs a set.</summary>
    public static async Task<SetReport> RunAsync(ScenarioSet set, CancellationToken cancellationToken)
    {
        var scenarios = new List<ScenarioReport>();
        foreach (Scenario scenario in set.Scenarios)
            scenarios.Add(await RunAsync(scenario, cancellationToken));
        return new SetReport(set.Id, set.Title, scenarios, [.. Systems.Select((_, at) => SystemTotals.Of(scenarios, at))], set.Published);
    }

    /// <summary>Runs one scenario.</summary>
    public static async Task<ScenarioReport> RunAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        var systems = new List<SystemReport>();
        foreach (IBenchSystem system in Systems)
            systems.Add(await RunAsync(scenario, system, cancellationToken));
        return new ScenarioReport(scenario.Id, scenario.Title, scenario.Domain.Task, scenario.Faults, scenario.End, systems);
    }

    /// <summary>Lets one system do the work of a scenario.</summary>
    public static async Task<SystemReport> RunAsync(Scenario scenario, IBenchSystem system, CancellationToken cancellationToken)
    {
        var world = new World(scenario.Faults);
        scenario.Domain.Open(world);
        SystemRun run = await system.RunAsync(scenario.Domain, world, cancellationToken);
        Verdict verdict = Oracle.Judge(world.Log, scenario.End);
        bool isSilent = Oracle.IsSilent(run.Claim, scenario.End, verdict);
        return new SystemReport(system.Name, run, verdict, isSilent, world.Calls, world.Log)
        {
            Outcome = (isSilent, verdict.IsRight, scenario.End.IsWhole) switch
            {
                (true, _, _) => SystemOutcome.Silent,
                (_, false, _) => SystemOutcome.Wrong,
                (_, _, true) => SystemOutcome.Goal,
                _ => SystemOutcome.Lesser,
            },
        };
    }
}
