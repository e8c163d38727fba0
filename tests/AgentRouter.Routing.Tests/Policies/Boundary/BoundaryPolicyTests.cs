using AgentRouter.Budgets;
using AgentRouter.Routing.Policies;
using AgentRouter.Routing.Policies.Boundary;
using AgentRouter.Routing.Policies.Boundary.Model;
using AgentRouter.Routing.Tasks;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Tests.Policies.Boundary;

public sealed class BoundaryPolicyTests
{
    // a call costs about 0.00013 with small and 0.0026 with large
    private const double Unit = 0.00013;

    private readonly RoutingFixture _fixture = new();
    private readonly CallbackChatClient _small = CallbackChatClient.Says("small");
    private readonly CallbackChatClient _large = CallbackChatClient.Says("large");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failed_check_sends_the_node_to_the_next_model_and_a_passed_one_forgets_it(bool streaming)
    {
        StepRoutingChatClient router = Router(BoundaryModels.Of(true, [BoundaryModels.Class("other", 0.05, 0.05, 0.4, 0.5, Unit)], [0.2, 0.2, 0.2, 1]));
        using TaskScope task = _fixture.Begin(router);

        (await AskAsync(router, streaming, "code", 1)).ShouldBe("small");
        task.Report(passed: false);
        (await AskAsync(router, streaming, "code", 2)).ShouldBe("large");
        task.Report(passed: true);
        (await AskAsync(router, streaming, "code", 3)).ShouldBe("small");
    }

    [Fact]
    public async Task Only_the_node_that_is_visited_again_is_taken_for_wrong()
    {
        StepRoutingChatClient router = Router(BoundaryModels.Of(true, [BoundaryModels.Class("other", 0.05, 0.05, 0.4, 0.5, Unit)], [0.2, 0.2, 0.2, 0.2, 1]));
        using TaskScope task = _fixture.Begin(router);
        await AskAsync(router, false, "plan", 1);
        await AskAsync(router, false, "code", 1);
        task.Report(passed: false);

        (await AskAsync(router, false, "code", 2)).ShouldBe("large");
        (await AskAsync(router, false, "review", 1)).ShouldBe("small");
        Reasons().Last().ShouldStartWith("step 3: ");
    }

    [Fact]
    public async Task All_calls_of_a_visit_go_to_the_model_it_began_with()
    {
        BoundaryModel model = BoundaryModels.Of(true, [BoundaryModels.Class("other", 0.02, 0.03, 0.9, 0.05, Unit, calls: 3)], [1]);
        StepRoutingChatClient router = Router(model);
        using TaskScope task = _fixture.Begin(router);
        var visit = new StepIdentity("run-1", Node: "code");

        await RoutingFixture.AskAsync(router, false, options: new ChatOptions().WithStep(visit));
        await RoutingFixture.AskAsync(router, false, options: new ChatOptions().WithStep(visit));

        Reasons().Last().ShouldBe("same visit, same model");
        _small.Requests.Count.ShouldBeOneOf(0, 2);
    }

    [Fact]
    public async Task With_little_money_left_it_spends_on_the_class_where_it_helps()
    {
        // both models plan well; only large writes code
        BoundaryClass plan = BoundaryModels.Class("node plan", 0.02, 0.02, 0.02, 0.94, Unit), code = BoundaryModels.Class("role executor", 0.05, 0.01, 0.84, 0.1, Unit);
        StepRoutingChatClient router = Router(BoundaryModels.Of(false, [plan, code], [0.01, 1]));
        using TaskScope task = _fixture.Begin(router, new Budget { Usd = 0.004m, OnExceeded = OnExceeded.Stop });

        (await AskAsync(router, false, "plan", 1)).ShouldBe("small");
        (await AskAsync(router, false, "part/2/code", 1, "executor")).ShouldBe("large", string.Join("\n", _fixture.Events));
    }

    [Fact]
    public async Task A_task_that_is_not_worth_its_price_is_given_up_and_nothing_is_sent()
    {
        BoundaryModel model = BoundaryModels.Of(true, [BoundaryModels.Class("other", 0.98, 0, 0.01, 0.01, Unit)], [1]);
        StepRoutingChatClient router = Router(model, new BoundaryPolicyOptions { SuccessValueUsd = 0.002m });
        using TaskScope task = _fixture.Begin(router);

        var error = await Should.ThrowAsync<TaskGivenUpException>(() => AskAsync(router, false, "code", 1));

        error.Message.ShouldBe("The policy 'boundary' gave the task up: no model is worth its price at step 1: success is too unlikely.");
        task.Ledger.Snapshot().Spent.Calls.ShouldBe(0);
        _small.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_candidate_gets_its_predicted_success()
    {
        StepRoutingChatClient router = Router(BoundaryModels.OneStep(verified: true, none: 0.1, small: 0.1, large: 0.3, both: 0.5));
        using TaskScope task = _fixture.Begin(router);

        await AskAsync(router, false, "code", 1);

        _fixture.Single<Events.StepRouted>().Candidates.Select(candidate => candidate.PredictedSuccess!.Value).ShouldBe([0.6, 0.8], 1e-9);
    }

    [Fact]
    public async Task Rungs_are_found_by_name_then_by_tier_then_by_place()
    {
        BoundaryModel model = BoundaryModels.OneStep(true, 0.02, 0.01, 0.96, 0.01) with { Rungs = [new("unknown-a", null), new("unknown-b", "large")] };
        StepRoutingChatClient router = Router(model, new BoundaryPolicyOptions());
        using TaskScope task = _fixture.Begin(router, new Budget { Usd = 0.01m, OnExceeded = OnExceeded.Stop });

        await AskAsync(router, false, "code", 1);

        _fixture.Single<Events.StepRouted>().Candidates.ShouldAllBe(candidate => candidate.PredictedSuccess != null);
    }

    [Fact]
    public void The_file_of_the_package_can_be_used() =>
        new BoundaryPolicy(new BoundaryPolicyOptions()).Name.ShouldBe("boundary");

    [Fact]
    public void A_success_is_worth_something() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new BoundaryPolicy(new BoundaryPolicyOptions { SuccessValueUsd = 0 }));

    private StepRoutingChatClient Router(BoundaryModel model, BoundaryPolicyOptions? options = null)
    {
        _fixture.Options.Policy = new BoundaryPolicy(model, options ?? new BoundaryPolicyOptions());
        return _fixture.Router(_small, _large);
    }

    private IEnumerable<string> Reasons() => _fixture.Events.OfType<Events.StepRouted>().Select(routed => routed.Reason);

    private static async Task<string> AskAsync(StepRoutingChatClient router, bool streaming, string node, int visit, string? role = null)
    {
        var identity = new StepIdentity("run-1", Node: node, Role: role, Visit: visit);
        return (await RoutingFixture.AskAsync(router, streaming, options: new ChatOptions().WithStep(identity))).Text;
    }
}
