using AgentRouter.Cli.Commands.Tools.Bench.Domains;
using AgentRouter.Cli.Commands.Tools.Bench.Judging;
using AgentRouter.Cli.Commands.Tools.Bench.Worlds;
using AgentRouter.Events;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Healing.Calls;
using AgentRouter.Tools.Healing.Escalation;
using AgentRouter.Tools.Health;

namespace AgentRouter.Cli.Commands.Tools.Bench.Systems.Healer;

/// <summary>Tools that heal, as they are shipped, over the domain's capability graph.</summary>
internal sealed class HealerSystem : IBenchSystem
{
    /// <inheritdoc/>
    public string Name => "healer";

    /// <inheritdoc/>
    public async Task<SystemRun> RunAsync(ScenarioDomain domain, World world, CancellationToken cancellationToken)
    {
        var clock = new StandingClock();
        // nothing here passes by waiting
        // one call at a time, as the other systems: what dies in the middle dies at the same moment for all
        var options = new HealingOptions { LongestPause = TimeSpan.Zero, MaxParallel = 1 };
        var healer = new ToolHealer(domain.Graph, new ToolHealthRegistry(timeProvider: clock), options, domain.Monitors, clock);
        using var model = new ScriptedAdviser();
        var events = new EventList();
        GoalResult result = await healer.ReachAsync(
            new GoalRequest(domain.Goal, new FunctionToolCaller(world.Functions)) { Key = "bench", Facts = domain.Facts, Intent = domain.Task, Model = new ModelEscalation(model), Events = events },
            cancellationToken);
        return new SystemRun(ClaimOf(result.Status), result.Lesser ?? result.Reason ?? "done")
        {
            LlmCalls = model.Calls,
            Reroutes = events.OfType<ToolRerouted>().Count(),
            Demotions = events.OfType<GoalDemoted>().Count(),
            Escalations = events.OfType<GoalEscalated>().Count(),
            Events = events,
        };
    }

    private static Claim ClaimOf(GoalStatus status) => status switch
    {
        GoalStatus.Reached => Claim.Reached,
        GoalStatus.Lesser => Claim.Lesser,
        _ => Claim.Failed,
    };

    private sealed class EventList : List<RunEvent>, IRunEventSink
    {
        public void Emit(RunEvent runEvent) => Add(runEvent);
    }
}
