using System.Net;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies;
using AgentRouter.Routing.Policies.Bandit;
using AgentRouter.Routing.Tasks;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;
using static AgentRouter.Routing.Tests.CallbackChatClient;
using static AgentRouter.Routing.Tests.RoutingFixture;

namespace AgentRouter.Routing.Tests.Policies.Bandit;

public sealed class BanditPolicyTests : IDisposable
{
    private readonly RoutingFixture _fixture = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("agentrouter-bandit-").FullName;

    private string StatePath => Path.Combine(_folder, "state", "bandit.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_learns_which_model_passes_the_check_of_a_node(bool streaming)
    {
        _fixture.Options.UseBandit();
        using StepRoutingChatClient router = _fixture.Router(Says("s"), Says("l"));
        string[] tiers = await VisitsAsync(router, 30, streaming, tier => tier == "large");
        tiers[0].ShouldBe("small", "of two that are unknown the cheaper one is tried first");
        tiers.Skip(10).ShouldAllBe(tier => tier == "large");
    }

    [Fact]
    public async Task It_takes_the_cheaper_of_two_that_are_as_good()
    {
        _fixture.Options.UseBandit(options => options.SuccessValueUsd = 0.01m);
        using StepRoutingChatClient router = _fixture.Router(Says("s"), Says("l"));
        string[] tiers = await VisitsAsync(router, 40, false, _ => true);
        tiers.Skip(20).ShouldAllBe(tier => tier == "small");
    }

    [Fact]
    public async Task It_stays_with_its_model_for_a_visit_and_learns_one_outcome_of_it()
    {
        var policy = new BanditPolicy(new BanditPolicyOptions { StatePath = StatePath });
        _fixture.Options.Policy = policy;
        using (StepRoutingChatClient router = _fixture.Router(Says("s"), Says("l")))
        {
            using TaskScope task = _fixture.Begin(router);
            ChatOptions visit = Visit("code");
            await AskAsync(router, false, options: visit);
            await AskAsync(router, false, options: visit);
            task.Report(true);
            task.Report(false);
        }

        string[] reasons = [.. _fixture.Events.OfType<StepRouted>().Select(e => e.Reason)];
        reasons.ShouldBe(["small-1 has not been tried on such steps", "stays with the visit's model"]);
        VerifiedStep learned = BanditStateFile.Open(StatePath).Read().ShouldHaveSingleItem();
        learned.Model.ShouldBe("small-1");
        learned.Features.ShouldBe(["group:node code", "source:executor"]);
        learned.Score.ShouldBe(1);
        Money both = _fixture.Events.OfType<BudgetSettled>().Aggregate(Money.Zero, (sum, e) => sum + e.Booked.Usd);
        learned.Usd.ShouldBe((double)both.ToUsd(), 1e-12);
    }

    [Fact]
    public async Task The_reason_says_how_similar_steps_went()
    {
        _fixture.Options.UseBandit();
        using StepRoutingChatClient router = _fixture.Router(Says("s"), Says("l"));
        await VisitsAsync(router, 3, false, _ => true);
        _fixture.Events.OfType<StepRouted>().Last().Reason.ShouldBe("2 of 2 similar steps were right with small-1");
    }

    [Fact]
    public async Task A_visit_in_which_a_call_failed_teaches_nothing()
    {
        _fixture.Options.UseBandit(options => options.StatePath = StatePath);
        using (StepRoutingChatClient router = _fixture.Router(Fails(new HttpRequestException("down", null, HttpStatusCode.ServiceUnavailable)), Says("l")))
        {
            using TaskScope task = _fixture.Begin(router);
            Task<ChatResponse> answer = AskAsync(router, false, options: Visit("code"));
            while (!answer.IsCompleted)
            {
                _fixture.Clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(1);
            }
            await answer;
            task.Report(true);
        }

        File.Exists(StatePath).ShouldBeFalse();
    }

    [Fact]
    public async Task A_visit_in_which_a_rule_overruled_it_teaches_nothing_and_the_state_is_written_through_rules()
    {
        var settings = new PolicySettings { Values = new Dictionary<string, string> { ["state"] = StatePath, ["riskTier"] = "large", ["riskTools"] = "delete" } };
        _fixture.Options.Policy = RoutingPolicies.Create("bandit", settings);
        using (StepRoutingChatClient router = _fixture.Router(Says("s"), Says("l")))
        {
            ChatOptions risky = Visit("code");
            risky.Tools = [AIFunctionFactory.Create(() => { }, "delete")];
            foreach (ChatOptions visit in new[] { risky, Visit("code") })
            {
                using TaskScope task = _fixture.Begin(router);
                await AskAsync(router, false, options: visit);
                task.Report(true);
            }
        }

        _fixture.Events.OfType<StepRouted>().Select(e => e.Tier).ShouldBe(["large", "small"]);
        BanditStateFile.Open(StatePath).Read().ShouldHaveSingleItem().Model.ShouldBe("small-1");
    }

    [Fact]
    public async Task What_it_learned_survives_a_restart()
    {
        for (int restart = 0; restart < 2; restart++)
        {
            _fixture.Options.UseBandit(options => options.StatePath = StatePath);
            using StepRoutingChatClient router = _fixture.Router(Says("s"), Says("l"));
            string[] tiers = await VisitsAsync(router, 12, false, tier => tier == "large");
            if (restart == 1)
                tiers.ShouldAllBe(tier => tier == "large");
        }

        BanditStateFile.Open(StatePath).Read().Count.ShouldBe(24);
        Directory.GetFiles(Path.GetDirectoryName(StatePath)!).ShouldHaveSingleItem("the temporary file is gone");
    }

    [Fact]
    public async Task A_table_warms_it_up()
    {
        var table = new OutcomeTable([.. Enumerable.Range(0, 20).Select(i => new OutcomeRow
        {
            Id = "r" + i,
            Group = "node code",
            Models = new Dictionary<string, ModelOutcome> { ["small-1"] = new() { Score = 0 }, ["large-1"] = new() { Score = 1 } },
        })]);
        var policy = new BanditPolicy(new BanditPolicyOptions());
        policy.WarmUp(table);
        _fixture.Options.Policy = policy;
        using StepRoutingChatClient router = _fixture.Router(Says("s"), Says("l"));
        (await VisitsAsync(router, 3, false, _ => true)).ShouldAllBe(tier => tier == "large");
    }

    [Fact]
    public void Groups_take_turns_in_a_warm_up_so_that_none_is_forgotten_as_a_whole()
    {
        static OutcomeRow Row(string group, int id) => new() { Id = group + id, Group = group, Models = new Dictionary<string, ModelOutcome> { ["m"] = new() { Score = 1 } } };
        OutcomeRow[] rows = [.. Enumerable.Range(0, 4).Select(id => Row("a", id)), .. Enumerable.Range(0, 2).Select(id => Row("b", id))];
        BanditWarmUp.Of(rows).Select(step => step.Features.Single()).ShouldBe(["group:a", "group:b", "group:a", "group:a", "group:b", "group:a"]);
    }

    [Theory]
    [InlineData("{", "it is not JSON")]
    [InlineData("[]", "it is not the state of a bandit")]
    [InlineData("""{ "format": "agentrouter.boundary", "version": 1 }""", "its 'format' is not 'agentrouter.bandit'")]
    [InlineData("""{ "format": "agentrouter.bandit", "version": 2, "outcomes": [] }""", "its 'version' is not 1")]
    [InlineData("""{ "format": "agentrouter.bandit", "version": 1 }""", "it has no list 'outcomes'")]
    [InlineData("""{ "format": "agentrouter.bandit", "version": 1, "outcomes": [{ "model": "m", "features": [], "score": 2, "usd": 0 }] }""", "item 1 of 'outcomes' needs")]
    [InlineData("""{ "format": "agentrouter.bandit", "version": 1, "outcomes": [{ "model": "m", "features": [1], "score": 1, "usd": 0 }] }""", "item 1 of 'outcomes' needs")]
    public void A_state_that_cannot_be_used_is_refused_and_left_as_it_is(string state, string why)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(StatePath)!);
        File.WriteAllText(StatePath, state);
        string message = Should.Throw<ConfigurationException>(() => RoutingPolicies.Create("bandit", new PolicySettings { Values = new Dictionary<string, string> { ["state"] = StatePath } })).Message;
        message.ShouldContain(why);
        message.ShouldContain("delete it to start anew");
        File.ReadAllText(StatePath).ShouldBe(state);
    }

    [Theory]
    [InlineData("successValue", "nothing")]
    [InlineData("successValue", "0")]
    [InlineData("successValue", "-1")]
    public void A_setting_out_of_range_is_refused(string setting, string value) =>
        Should.Throw<ConfigurationException>(() => RoutingPolicies.Create("bandit", new PolicySettings { Values = new Dictionary<string, string> { [setting] = value } }));

    [Fact]
    public void Exploration_is_a_number_from_0() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new BanditPolicy(new BanditPolicyOptions { Exploration = double.NaN }));

    private static ChatOptions Visit(string node) => new ChatOptions().WithStep(new StepIdentity("run-1", "fix", node, "coder", "executor"));

    // visits a node again and again; the check after each says whether the tier's work is right
    private async Task<string[]> VisitsAsync(StepRoutingChatClient router, int visits, bool streaming, Func<string, bool> isRight)
    {
        var tiers = new List<string>();
        for (int i = 0; i < visits; i++)
        {
            using TaskScope task = _fixture.Begin(router);
            await AskAsync(router, streaming, options: Visit("code"));
            tiers.Add(_fixture.Events.OfType<StepRouted>().Last().Tier);
            task.Report(isRight(tiers[^1]));
        }

        return [.. tiers];
    }
}
