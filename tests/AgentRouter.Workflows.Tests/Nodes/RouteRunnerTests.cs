using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Steps;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.Map;
using AgentRouter.Workflows.Nodes.Route;
using AgentRouter.Workflows.Tests.Engine;
using Microsoft.Extensions.AI;
using static AgentRouter.Workflows.Tests.Engine.Bench;
using static AgentRouter.Workflows.Tests.Nodes.RouteBench;

namespace AgentRouter.Workflows.Tests.Nodes;

public sealed class RouteRunnerTests
{
    [Fact]
    public async Task The_first_of_the_list_works_where_nothing_is_learned()
    {
        var bench = new Bench(Echo());

        RunResult result = await bench.RunAsync(Alone(Route(Candidate("coder"), Candidate("researcher"), Skip())));

        result.Answer.ShouldBe("coder worked");
        bench.Of<AgentRouted>().Single().ShouldSatisfyAllConditions(
            routed => routed.Node.ShouldBe("triage"),
            routed => routed.TaskKind.ShouldBe("test"),
            routed => routed.Chosen.ShouldBe(["coder"]),
            routed => routed.Reason.ShouldBe("the first in the list: nothing is learned yet"),
            routed => routed.Candidates.ShouldBe([new("coder", 0.5, null), new("researcher", 0.5, null), new("skip", 0.25, null)]));
    }

    [Fact]
    public async Task A_candidate_whose_condition_does_not_hold_is_masked()
    {
        var bench = new Bench(Echo());

        RunResult result = await bench.RunAsync(Alone(Route(Candidate("coder", "contains(inputs.issue, 'test')"), Candidate("researcher"))));

        result.Answer.ShouldBe("researcher worked");
        AgentRouted routed = bench.Of<AgentRouted>().Single();
        routed.Reason.ShouldBe("nobody else may be chosen");
        routed.Candidates[0].MaskedBy.ShouldBe("not contains(inputs.issue, 'test')");
    }

    [Fact]
    public async Task The_chosen_agent_works_as_an_agent_node_does_under_the_name_of_the_route_node()
    {
        var identities = new List<StepIdentity?>();
        var bench = new Bench(new FakeModel((messages, options) =>
        {
            identities.Add(options.GetStep());
            return messages[^1].Role == ChatRole.Tool ? FakeModel.Text("read it") : FakeModel.Call("box_read");
        })
        { SeesIdentity = true })
        { Budget = new Budget { Steps = 9 }, Tools = { new FakeTools("box").Add("read", () => "hello") } };
        AgentDefinition coder = Named("coder") with { Tools = ["box"], Tiers = ["small"] };

        RunResult result = await bench.RunAsync(Alone(Route(new RouteCandidate(coder, null, default), Candidate("researcher"))));

        result.Answer.ShouldBe("read it");
        result.Budget.Spent.Steps.ShouldBe(3);
        bench.Of<ToolCalled>().Single().Node.ShouldBe("triage");
        identities.ShouldAllBe(identity => identity!.Node == "triage" && identity.Agent == "coder" && identity.AllowedTiers!.Single() == "small");
    }

    [Fact]
    public async Task An_open_skip_masks_what_stands_after_it_and_does_nothing()
    {
        var bench = new Bench(Echo());
        RouteNode node = Route(Skip("length(inputs.issue) < 50"), Candidate("coder")) with { Verify = When("triage != null") };

        RunResult result = await bench.RunAsync(Alone(node));

        result.Outcome.ShouldBe(RunOutcome.Succeeded);
        result.Outputs["triage"].ShouldBeNull();
        ((FakeModel)bench.Model).Calls.ShouldBe(0);
        bench.Of<AgentRouted>().Single().Chosen.ShouldBe(["skip"]);
        bench.Of<AgentRouted>().Single().Candidates[1].MaskedBy.ShouldBe("a skip stands before it");
        bench.Of<NodeFinished>().First().Verified.ShouldBeNull("there is no work to verify");
    }

    [Fact]
    public async Task A_node_without_an_open_candidate_fails_and_says_why()
    {
        var bench = new Bench(Echo());

        RunResult result = await bench.RunAsync(Alone(Route(Candidate("coder", "contains(inputs.issue, 'test')"))));

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason.ShouldBe("Node 'triage' has nobody to choose: coder is masked, not contains(inputs.issue, 'test'). Add a candidate without 'when', or { skip: true }.");
    }

    [Fact]
    public async Task Cancelling_ends_the_chosen_agent_and_teaches_nothing()
    {
        using var stop = new CancellationTokenSource();
        var bench = new Bench(FakeModel.Hanging());
        WorkflowEngine engine = bench.Engine();
        WorkflowDefinition workflow = Alone(Route(Candidate("coder"), Candidate("researcher")));
        Task<RunResult> reading = bench.ReadAsync(engine.Start(workflow, cancellationToken: stop.Token));
        await Wait.UntilAsync(() => ((FakeModel)bench.Model).Calls == 1);

        await stop.CancelAsync();
        RunResult result = await reading;

        result.Outcome.ShouldBe(RunOutcome.Cancelled);
        result.Budget.Reserved.ShouldBe(default);
        bench.Events.Clear();
        using var again = new CancellationTokenSource();
        reading = bench.ReadAsync(engine.Start(workflow, cancellationToken: again.Token));
        await Wait.UntilAsync(() => ((FakeModel)bench.Model).Calls == 2);
        await again.CancelAsync();
        await reading;
        bench.Of<AgentRouted>().Single().Reason.ShouldBe("the first in the list: nothing is learned yet");
    }

    [Fact]
    public async Task A_route_node_may_stand_in_a_map()
    {
        var bench = new Bench(Echo());
        WorkflowDefinition workflow = Alone(Route()) with
        {
            Nodes =
            [
                new MapNode
                {
                    Name = "each", Over = When("inputs.numbers"), Next = To("done"),
                    Body = Route(Candidate("coder", "item == 1"), Candidate("researcher")) with { Name = "each", Next = [] },
                },
                Done(),
            ],
            Inputs = [new InputDefinition { Name = "numbers", Type = InputType.List, Default = new JsonArray(1, 2) }],
        };

        RunResult result = await bench.RunAsync(workflow);

        result.Outputs["each"]!.ToJsonString().ShouldBe("""["coder worked","researcher worked"]""");
    }
}
