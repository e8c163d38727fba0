using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.Workflow;
using AgentRouter.Workflows.Tests.Engine;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Nodes;

public sealed class WorkflowRunnerTests
{
    private static readonly WorkflowDefinition Inner = Workflow(Agent("think"), Done(answer: "{{ think }} x{{ inputs.count }}")) with
    {
        Name = "inner",
        Inputs = [new InputDefinition { Name = "count", Type = InputType.Number }],
    };

    [Fact]
    public async Task A_nested_workflow_runs_in_the_same_run_under_its_nodes_path()
    {
        var bench = new Bench { Budget = new Budget { Calls = 5 } };

        RunResult result = await bench.RunAsync(Workflow(Nested(Inner), Done()) with { Inputs = [new InputDefinition { Name = "n", Default = JsonValue.Create(3), Type = InputType.Number }] });

        result.Answer.ShouldBe("ok x3");
        result.Budget.Spent.Calls.ShouldBe(1);
        bench.Of<StepRouted>().Single().Node.ShouldBe("sub/think");
        bench.Of<RunStarted>().Count().ShouldBe(1);
        bench.Events.ShouldAllBe(e => e.RunId == "run-1");
    }

    [Fact]
    public async Task Each_visit_starts_the_nested_workflow_afresh()
    {
        RunResult result = await new Bench().RunAsync(Workflow(
            Nested(Workflow(Agent("think"), Done(answer: "{{ visits('think') }}"))) with { Inputs = new Dictionary<string, object?>(), Next = To("again") },
            Branch("again", ("visits('sub') < 3", "sub"), (null, "done")), Done()));

        result.Answer.ShouldBe("1");
        result.Budget.Spent.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task A_grant_that_is_used_up_is_a_failure_the_parent_can_handle()
    {
        var bench = new Bench { Budget = new Budget { Calls = 9 } };
        WorkflowDefinition inner = Workflow(Agent("one", "two"), Agent("two"), Done());

        RunResult result = await bench.RunAsync(Workflow(
            Nested(inner) with { Inputs = new Dictionary<string, object?>(), Grant = new Budget { Calls = 1 }, OnError = "save" }, Done(), Done("save", "{{ error.message }}")));

        result.Outcome.ShouldBe(RunOutcome.Succeeded);
        result.Answer!.ShouldContain("The grant of 'sub' is used up");
        bench.Of<GrantReturned>().Single().Spent.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData(OnExceeded.Stop)]
    [InlineData(OnExceeded.WrapUp)]
    [InlineData(OnExceeded.Ask)]
    public async Task A_grant_that_is_used_up_and_not_handled_fails_the_run_whose_own_budget_is_not(OnExceeded onExceeded)
    {
        var bench = new Bench { Budget = new Budget { Calls = 9, OnExceeded = onExceeded } };
        WorkflowDefinition inner = Workflow(Agent("one", "two"), Agent("two"), Done());

        RunResult result = await bench.RunAsync(Workflow(
            Nested(inner) with { Inputs = new Dictionary<string, object?>(), Grant = new Budget { Calls = 1 } }, Done()));

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason!.ShouldStartWith("The grant of 'sub' is used up: the budget of 1 calls");
        result.Budget.Spent.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_limit_that_a_grant_leaves_open_ends_the_run_when_the_runs_own_is_used_up()
    {
        var bench = new Bench { Budget = new Budget { Usd = 1, Calls = 1, OnExceeded = OnExceeded.Stop } };
        WorkflowDefinition inner = Workflow(Agent("one", "two"), Agent("two"), Done());

        RunResult result = await bench.RunAsync(Workflow(
            Nested(inner) with { Inputs = new Dictionary<string, object?>(), Grant = new Budget { Usd = 0.5m } }, Done()));

        result.Outcome.ShouldBe(RunOutcome.BudgetExceeded);
    }

    [Fact]
    public async Task A_nested_workflow_that_ends_as_failed_fails_its_node_with_the_reason()
    {
        RunResult result = await new Bench().RunAsync(Workflow(
            Nested(Workflow(GaveUp(reason: "too hard")) with { Name = "inner" }) with { Inputs = new Dictionary<string, object?>() }, Done()));

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason.ShouldBe("Workflow 'inner' ended as failed: too hard");
    }

    [Fact]
    public async Task Inputs_of_the_wrong_type_fail_the_node()
    {
        RunResult result = await new Bench().RunAsync(Workflow(
            Nested(Inner) with { Inputs = new Dictionary<string, object?> { ["count"] = Text("many") } }, Done()));

        result.Reason.ShouldBe("Node 'sub': Workflow 'inner' cannot start: input 'count' is not a number.");
    }

    private static WorkflowNode Nested(WorkflowDefinition workflow) => new()
    {
        Name = "sub",
        Workflow = workflow,
        Inputs = new Dictionary<string, object?> { ["count"] = Text("{{ inputs.n }}") },
        Next = To("done"),
    };
}
