using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies;
using AgentRouter.Routing.Policies.Cascade;
using AgentRouter.Routing.Policies.Hysteresis;
using AgentRouter.Routing.Policies.Sticky;
using AgentRouter.Routing.Tasks;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;
using static AgentRouter.Routing.Tests.CallbackChatClient;
using static AgentRouter.Routing.Tests.RoutingFixture;

namespace AgentRouter.Routing.Tests.Policies.Cascade;

public sealed class CascadeStateTests : IDisposable
{
    private readonly RoutingFixture _fixture = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("agentrouter-cascade-").FullName;

    private string StatePath => Path.Combine(_folder, "state", "cascade.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_it_learned_of_its_rungs_survives_a_restart()
    {
        double[] predicted = new double[2];
        for (int restart = 0; restart < 2; restart++)
        {
            _fixture.Options.UseCascade(options => options.StatePath = StatePath);
            using StepRoutingChatClient router = _fixture.Router(Says("s"), Says("l"));
            predicted[restart] = await TaskAsync(router, passes: true);
            for (int task = 0; task < 5; task++)
                await TaskAsync(router, passes: true);
        }

        predicted[0].ShouldBe(0.5);
        predicted[1].ShouldBe((6 + 2) / (6.0 + 4), 1e-9);
        RungRecord small = CascadeStateFile.Open(StatePath).Read().ShouldHaveSingleItem();
        small.ShouldSatisfyAllConditions(
            record => record.Key.ShouldBe(new RungKey("small-1", false)), record => record.Verified.ShouldBe(12), record => record.Visits.ShouldBe(12),
            record => record.Costs.Count.ShouldBe(12), record => record.MedianCost!.Value.ShouldBeGreaterThan(Money.Zero));
        Directory.GetFiles(Path.GetDirectoryName(StatePath)!).ShouldHaveSingleItem("the temporary file is gone");
    }

    [Fact]
    public async Task What_is_known_of_a_model_is_found_whether_the_ladder_names_models_or_tiers()
    {
        RungRecords prior = new(["small-1"], [.. Enumerable.Range(0, 16).Select(id => new OutcomeRow { Id = $"{id}", Models = new Dictionary<string, ModelOutcome> { ["small-1"] = new() { Score = 1 } } })], null);
        CascadeStateFile.Open(StatePath).Write(prior.Known);
        foreach (string ladder in new[] { "small, large", "small-1, large-1" })
        {
            var settings = new PolicySettings { Values = new Dictionary<string, string> { ["ladder"] = ladder, ["state"] = "cascade.json" }, BaseFolder = Path.GetDirectoryName(StatePath) };
            _fixture.Options.Policy = RoutingPolicies.Create("cascade", settings);
            StepRoutingChatClient router = _fixture.Router(Says("s"), Says("l"));
            (await TaskAsync(router, passes: true)).ShouldBe((16 + 2) / (16.0 + 4), 1e-9);
        }
    }

    [Fact]
    public void Old_checks_fade()
    {
        var record = new RungRecord(new RungKey("small", false));
        for (int check = 0; check < 4 * CascadeDefaults.KeptChecks; check++)
            record.AddCheck(check < 2 * CascadeDefaults.KeptChecks);
        record.Verified.ShouldBeLessThanOrEqualTo(CascadeDefaults.KeptChecks);
        record.Success.ShouldBeLessThan(0.1);
    }

    [Theory]
    [InlineData("{", "it is not JSON")]
    [InlineData("""{ "format": "agentrouter.bandit", "version": 1, "outcomes": [] }""", "its 'format' is not 'agentrouter.cascade'")]
    [InlineData("""{ "format": "agentrouter.cascade", "version": 9, "rungs": [] }""", "its 'version' is not 1")]
    [InlineData("""{ "format": "agentrouter.cascade", "version": 1, "rungs": [{ "model": "m", "again": false, "passed": 2, "verified": 1, "visits": 1, "calls": 1, "costsUsd": [] }] }""", "item 1 of 'rungs' needs")]
    [InlineData("""{ "format": "agentrouter.cascade", "version": 1, "rungs": [{ "model": "m", "again": false, "passed": 1, "verified": 1, "visits": 1, "calls": 1, "costsUsd": [-1] }] }""", "item 1 of 'rungs' needs")]
    [InlineData("""{ "format": "agentrouter.cascade", "version": 1, "rungs": [7] }""", "item 1 of 'rungs' needs")]
    public void A_state_that_cannot_be_used_is_refused_and_left_as_it_is(string state, string why)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(StatePath)!);
        File.WriteAllText(StatePath, state);
        Should.Throw<ConfigurationException>(() => new CascadePolicy(new CascadePolicyOptions { StatePath = StatePath })).Message.ShouldContain(why);
        File.ReadAllText(StatePath).ShouldBe(state);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failed_check_is_never_held_back_by_a_rule_that_keeps_the_cache(bool sticky)
    {
        _fixture.Options.UseCascade();
        _fixture.Options.Policy = sticky
            ? new StickyPolicy(_fixture.Options.Policy!, new StickyPolicyOptions())
            : new HysteresisPolicy(_fixture.Options.Policy!, new HysteresisPolicyOptions { MarginUsd = 1_000, UpgradeValueUsd = 0 });
        StepRoutingChatClient router = _fixture.Router(Says("s"), Says("l"));
        using TaskScope task = _fixture.Begin(router);

        await AskAsync(router, false, options: Visit(1));
        // a sibling's check fails while the visit goes on
        task.Report(false);
        await AskAsync(router, false, options: Visit(1));
        await AskAsync(router, false, options: Visit(2));
        await AskAsync(router, false, options: Visit(2));
        task.Report(true);
        await AskAsync(router, false, options: Visit(3));

        _fixture.Events.OfType<StepRouted>().Select(e => e.Tier).ShouldBe(["small", "small", "large", "large", "large"], "what passed is kept for the cache");
    }

    private static ChatOptions Visit(int visit) => new ChatOptions().WithStep(new StepIdentity("run-1", "w", "code", "coder", Visit: visit));

    // the success that is predicted of the first rung when a task begins
    private async Task<double> TaskAsync(StepRoutingChatClient router, bool passes)
    {
        using TaskScope task = _fixture.Begin(router);
        await AskAsync(router, false, options: new ChatOptions().WithStep(new StepIdentity("run-1", Node: "code")));
        double predicted = _fixture.Events.OfType<StepRouted>().Last().Candidates[0].PredictedSuccess!.Value;
        task.Report(passes);
        return predicted;
    }
}
