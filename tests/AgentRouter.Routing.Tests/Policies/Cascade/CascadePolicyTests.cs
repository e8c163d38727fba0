using AgentRouter.Budgets;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;
using AgentRouter.Routing.Policies;
using AgentRouter.Routing.Policies.Cascade;
using AgentRouter.Routing.Tasks;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;
using static AgentRouter.Routing.Tests.CallbackChatClient;
using static AgentRouter.Routing.Tests.RoutingFixture;

namespace AgentRouter.Routing.Tests.Policies.Cascade;

public sealed class CascadePolicyTests
{
    private static readonly ModelProfile Medium = new() { Name = "medium-1", Tier = "medium", Prices = new ModelPrices(0.5m, 2m), MaxOutputTokens = 1_000 };

    private readonly RoutingFixture _fixture = new();

    private StepRoutingChatClient Router(ModelCapabilities medium = ModelCapabilities.Tools, long output = 10)
    {
        _fixture.Options.TimeProvider = _fixture.Clock;
        return new StepRoutingChatClient(
            new ModelSet(["small", "medium", "large"])
                .Add(Small, Says("s", output: output)).Add(Medium with { Capabilities = medium }, Says("m", output: output)).Add(Large, Says("l", output: output)),
            _fixture.Options);
    }

    private static ChatOptions Visit(string node, int visit = 1) => new ChatOptions().WithStep(new StepIdentity("run-1", Node: node, Visit: visit));

    private (string Tier, string Reason) Last() => _fixture.Events.OfType<StepRouted>().Select(e => (e.Tier, e.Reason)).Last();

    private async Task<string> TierOf(IChatClient router, ChatOptions? options = null, bool streaming = false)
    {
        await AskAsync(router, streaming, options: options);
        return Last().Tier;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_failed_check_moves_the_next_visit_one_rung_up(bool streaming)
    {
        _fixture.Options.UseCascade();
        StepRoutingChatClient router = Router();
        using TaskScope task = _fixture.Begin(router);

        (await TierOf(router, Visit("code"), streaming)).ShouldBe("small");
        Last().Reason.ShouldBe("rung 1 of 3");
        task.Report(false);
        (await TierOf(router, Visit("code", 2), streaming)).ShouldBe("medium");
        Last().Reason.ShouldBe("rung 2 of 3 after a failed check");
        task.Report(false);
        (await TierOf(router, Visit("code", 3), streaming)).ShouldBe("large");
        task.Report(false);
        (await TierOf(router, Visit("code", 4), streaming)).ShouldBe("large");
        Last().Reason.ShouldBe("rung 3 of 3 after 3 failed checks");
    }

    [Fact]
    public async Task All_calls_of_a_visit_stay_on_its_rung()
    {
        _fixture.Options.UseCascade();
        StepRoutingChatClient router = Router();
        using TaskScope task = _fixture.Begin(router);
        ChatOptions visit = Visit("code");

        (await TierOf(router, visit)).ShouldBe("small");
        // a sibling's check fails meanwhile
        task.Report(false);
        (await TierOf(router, visit)).ShouldBe("small");
    }

    [Fact]
    public async Task After_a_passed_check_a_node_starts_at_the_first_rung_again()
    {
        _fixture.Options.UseCascade();
        StepRoutingChatClient router = Router();
        using TaskScope task = _fixture.Begin(router);

        await TierOf(router, Visit("code"));
        task.Report(false);
        (await TierOf(router, Visit("code", 2))).ShouldBe("medium");
        task.Report(true);
        (await TierOf(router, Visit("code", 3))).ShouldBe("small");
        (await TierOf(router, Visit("write"))).ShouldBe("small");
    }

    [Fact]
    public async Task A_node_that_repairs_another_ones_work_begins_above_it()
    {
        _fixture.Options.UseCascade();
        StepRoutingChatClient router = Router();
        using TaskScope task = _fixture.Begin(router);

        (await TierOf(router, Visit("code"))).ShouldBe("small");
        task.Report(false);
        (await TierOf(router, Visit("repair"))).ShouldBe("medium");
        task.Report(false);
        (await TierOf(router, Visit("code", 2))).ShouldBe("large");
    }

    [Fact]
    public async Task A_node_whose_own_check_passes_still_escalates_when_a_later_one_fails()
    {
        _fixture.Options.UseCascade();
        StepRoutingChatClient router = Router();
        using TaskScope task = _fixture.Begin(router);

        await TierOf(router, Visit("code"));
        for (int visit = 2; visit <= 3; visit++)
        {
            task.Report(true);    // it compiles
            task.Report(false);   // the tests fail
            (await TierOf(router, Visit("code", visit))).ShouldBe(visit == 2 ? "medium" : "large");
        }
    }

    [Fact]
    public async Task Outside_a_workflow_each_check_begins_another_visit()
    {
        _fixture.Options.UseCascade();
        StepRoutingChatClient router = Router();
        using TaskScope task = _fixture.Begin(router);

        (await TierOf(router)).ShouldBe("small");
        (await TierOf(router)).ShouldBe("small");
        task.Report(false);
        (await TierOf(router)).ShouldBe("medium");
        task.Report(true);
        (await TierOf(router)).ShouldBe("small");
    }

    [Fact]
    public async Task A_branch_with_a_grant_counts_its_own_checks()
    {
        _fixture.Options.UseCascade();
        StepRoutingChatClient router = Router();
        using TaskScope task = _fixture.Begin(router);
        task.Ledger.TryGrant(new Budget { Usd = 0.1m, OnExceeded = OnExceeded.Stop }, out BudgetLedger? grant, out _).ShouldBeTrue();

        await TierOf(router, Visit("code"));
        using (TaskScope branch = task.BeginPart("branch", grant))
        {
            (await TierOf(router, Visit("code"))).ShouldBe("small");
            branch.Report(false);
            (await TierOf(router, Visit("code", 2))).ShouldBe("medium");
        }

        (await TierOf(router, Visit("code", 2))).ShouldBe("small");
    }

    [Fact]
    public async Task The_ladder_names_models_or_tiers()
    {
        _fixture.Options.UseCascade(options =>
        {
            options.Ladder.Add("medium-1");
            options.Ladder.Add("large");
        });
        StepRoutingChatClient router = Router();
        using TaskScope task = _fixture.Begin(router);

        (await TierOf(router)).ShouldBe("medium");
        task.Report(false);
        (await TierOf(router)).ShouldBe("large");
    }

    [Fact]
    public async Task A_rung_that_cannot_take_the_step_is_skipped_upwards()
    {
        _fixture.Options.UseCascade();
        StepRoutingChatClient router = Router(medium: ModelCapabilities.None);
        using TaskScope task = _fixture.Begin(router);
        ChatOptions Tools(int visit)
        {
            ChatOptions options = Visit("code", visit);
            options.Tools = [AIFunctionFactory.Create(() => 1, "one")];
            return options;
        }

        await TierOf(router, Tools(1));
        task.Report(false);
        (await TierOf(router, Tools(2))).ShouldBe("large");
    }

    [Fact]
    public async Task A_rung_that_does_not_fit_what_is_left_gives_way_to_the_highest_below_that_does()
    {
        _fixture.Options.UseCascade();
        StepRoutingChatClient router = Router();
        // 300 output tokens of the large model are expected to cost $0.0024
        using TaskScope task = _fixture.Begin(router, new Budget { Usd = 0.002m, OnExceeded = OnExceeded.Stop });

        await TierOf(router, Visit("code"));
        task.Report(false);
        (await TierOf(router, Visit("code", 2))).ShouldBe("medium");
        task.Report(false);
        (await TierOf(router, Visit("code", 3))).ShouldBe("medium");
        Last().Reason.ShouldStartWith("rung 2 of 3 after 2 failed checks; 'large' costs about $0.0024");
    }

    [Fact]
    public async Task What_visits_of_a_rung_have_cost_says_whether_it_fits()
    {
        _fixture.Options.UseCascade();
        // a visit of the large model costs 8 cents, not the fraction of one that is expected of a call
        StepRoutingChatClient router = Router(output: 10_000);
        for (int i = 0; i < CascadeDefaults.TrustedCosts; i++)
        {
            using TaskScope earlier = _fixture.Begin(router);
            await Escalate(router, earlier, 3);
            earlier.Report(true);
        }

        using TaskScope task = _fixture.Begin(router, new Budget { Usd = 0.07m, OnExceeded = OnExceeded.Stop });
        await Escalate(router, task, 3);

        Last().Tier.ShouldBe("medium");
        Last().Reason.ShouldContain("'large' costs about $0.0802");
    }

    [Fact]
    public async Task A_task_is_given_up_when_no_rung_above_is_worth_its_price()
    {
        // medium and large cost about $0.0007 and $0.0026 a call; they are expected to succeed half the time
        _fixture.Options.UseCascade(options => options.SuccessValueUsd = 0.001m);
        StepRoutingChatClient router = Router();
        using TaskScope task = _fixture.Begin(router);

        await TierOf(router, Visit("code"));
        task.Report(false);
        var error = await Should.ThrowAsync<TaskGivenUpException>(() => TierOf(router, Visit("code", 2)));

        error.Message.ShouldBe("The policy 'cascade' gave the task up: after a failed check, a success costs about $0.0012 with 'medium' and is worth $0.001.");
    }

    [Fact]
    public async Task A_rung_that_keeps_failing_loses_its_worth()
    {
        _fixture.Options.UseCascade(options =>
        {
            options.SuccessValueUsd = 0.003m;
            options.Ladder.Add("small");
            options.Ladder.Add("medium");
        });
        StepRoutingChatClient router = Router(output: 300);
        int tasks = 0;
        var error = await Should.ThrowAsync<TaskGivenUpException>(async () =>
        {
            while (++tasks < 50)
            {
                using TaskScope task = _fixture.Begin(router);
                await Escalate(router, task, 2);
                task.Report(false);
            }
        });

        tasks.ShouldBeGreaterThan(2);
        error.Message.ShouldContain("with 'medium' and is worth $0.003");
    }

    [Fact]
    public async Task Recorded_outcomes_are_what_a_policy_knows_before_it_has_seen_anything()
    {
        static OutcomeRow Row(int id, bool small, bool medium) => new()
        {
            Id = $"{id}",
            Models = new Dictionary<string, ModelOutcome>
            {
                ["small"] = new() { Score = small ? 1 : 0, Cost = Money.FromUsd(0.01m) },
                ["medium"] = new() { Score = medium ? 1 : 0, Cost = Money.FromUsd(0.05m) },
            },
        };
        // where small fails, medium mostly fails too, whatever it does elsewhere
        var table = new OutcomeTable([.. Enumerable.Range(0, 40).Select(id => Row(id, small: id < 20, medium: id < 21))]);
        _fixture.Options.UseCascade(options =>
        {
            options.Ladder.Add("small");
            options.Ladder.Add("medium");
            options.Outcomes = table;
            options.SuccessValueUsd = 0.3m;
        });
        StepRoutingChatClient router = Router();
        using TaskScope task = _fixture.Begin(router);

        await TierOf(router, Visit("code"));
        _fixture.Events.OfType<StepRouted>().Last().Candidates[0].PredictedSuccess!.Value.ShouldBe(0.5, 1e-9);
        task.Report(false);
        // 5 cents for (1 + 2) of (20 + 4)
        (await Should.ThrowAsync<TaskGivenUpException>(() => TierOf(router, Visit("code", 2)))).Message.ShouldContain("a success costs about $0.40 with 'medium'");
    }

    [Fact]
    public void Settings_are_read_and_bad_ones_are_named()
    {
        var policy = (CascadePolicy)RoutingPolicies.Create("cascade", With(("ladder", "small, large"), ("successValue", "2.50"), ("samples", "3"), ("agreement", "3")));
        policy.MayGiveUp.ShouldBeTrue();
        policy.Agreement!.Agreement.ShouldBe(3);
        RoutingPolicies.Create("cascade").MayGiveUp.ShouldBeFalse();
        RoutingPolicies.Create("cascade", With(("successValue", "2.50"), ("riskTier", "large"))).MayGiveUp.ShouldBeTrue();

        Error(("ladder", "a,,b")).ShouldContain("Ladder");
        Error(("ladder", "a, b, a")).ShouldContain("The ladder names 'a' twice");
        Error(("successValue", "lots")).ShouldContain("'successValue' is an amount in US dollars such as 2.50, not 'lots'");
        Error(("successValue", "0")).ShouldContain("above 0 USD");
        Error(("samples", "some")).ShouldContain("'samples' is a whole number, not 'some'");
        Error(("samples", "1")).ShouldContain("Samples");
        Error(("samples", "3"), ("agreement", "4")).ShouldContain("Agreement");
        Error(("agreement", "2")).ShouldContain("set 'samples' too");
        var table = new OutcomeTable([new OutcomeRow { Id = "1", Models = new Dictionary<string, ModelOutcome> { ["x"] = new() { Score = 1 } } }]);
        Should.Throw<ArgumentException>(() => new CascadePolicy(new CascadePolicyOptions { Ladder = { "a" }, Outcomes = table })).Message.ShouldContain("none of them is a rung");

        static string Error(params (string, string)[] values) => Should.Throw<ConfigurationException>(() => RoutingPolicies.Create("cascade", With(values))).Message;
        static PolicySettings With(params (string Key, string Value)[] values) => new() { Values = values.ToDictionary(v => v.Key, v => v.Value) };
    }

    private async Task Escalate(IChatClient router, TaskScope task, int visits)
    {
        for (int visit = 1; visit <= visits; visit++)
        {
            if (visit > 1)
                task.Report(false);
            await TierOf(router, Visit("code", visit));
        }
    }
}
