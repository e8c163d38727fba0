using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.Identity;
using AgentRouter.Providers.Scripted;
using AgentRouter.Routing;
using AgentRouter.Testing;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Nodes.End;
using AgentRouter.Workflows.Nodes.Human;
using Microsoft.SemanticKernel;

namespace AgentRouter.SemanticKernel.Tests;

public sealed class WorkflowFunctionTests
{
    private static readonly WorkflowDefinition Research = new()
    {
        Name = "quick-research",
        Description = "Looks a topic up.",
        Budget = new Budget { Usd = 0.01m },
        Inputs =
        [
            new InputDefinition { Name = "topic", Description = "What to look up." },
            new InputDefinition { Name = "depth", Type = InputType.Number, Default = 1 },
            new InputDefinition { Name = "deep", Type = InputType.Boolean, Default = false },
            new InputDefinition { Name = "sources", Type = InputType.List, Default = new JsonArray() },
            new InputDefinition { Name = "style", Default = "plain", Choices = ["plain", "formal"] },
        ],
        Nodes =
        [
            new AgentNode { Name = "look", Agent = new AgentDefinition { Name = "researcher", Instructions = Text("You research.") }, Prompt = Text("{{ inputs.topic }}"), Next = [new("done", null, default)] },
            new EndNode { Name = "done", Outcome = RunOutcome.Succeeded, Answer = Text("{{ look }} ({{ inputs.depth }}, {{ inputs.deep }}, {{ inputs.sources }}, {{ inputs.style }})") },
        ],
    };

    private static readonly Script Answers = TestScript.For("research")
        .When(agent: "researcher").Says("Found it.")
        .When(call: 1).Calls("work_quick_research", new { topic = "torn writes", depth = 2, sources = new[] { "a", "b" } })
        .When(call: 2).Says("The workflow says it.");

    [Fact]
    public void Its_inputs_are_the_parameters()
    {
        KernelFunction function = Research.AsKernelFunction(Engine(Answers));

        function.Name.ShouldBe("quick_research");
        function.Description.ShouldBe("Looks a topic up.");
        function.Metadata.Parameters.Select(parameter => (parameter.Name, parameter.IsRequired)).ShouldBe([("topic", true), ("depth", false), ("deep", false), ("sources", false), ("style", false)]);
        JsonNode schema = JsonNode.Parse(function.JsonSchema.GetRawText())!;
        schema["properties"]!["topic"]!.ToJsonString().ShouldBe("""{"type":"string","description":"What to look up."}""");
        schema["properties"]!["depth"]!["type"]!.GetValue<string>().ShouldBe("number");
        schema["properties"]!["sources"]!["items"]!["type"]!.GetValue<string>().ShouldBe("string");
        schema["properties"]!["style"]!["enum"]!.ToJsonString().ShouldBe("""["plain","formal"]""");
        schema["required"]!.ToJsonString().ShouldBe("""["topic"]""");
        Research.AsKernelFunction(Engine(Answers), "look_up").Name.ShouldBe("look_up");
    }

    [Fact]
    public async Task Code_calls_it_with_values_and_templates_with_text()
    {
        KernelFunction function = Research.AsKernelFunction(Engine(Answers));

        FunctionResult typed = await function.InvokeAsync(new Kernel(), new() { ["topic"] = "t", ["depth"] = 3, ["deep"] = true, ["sources"] = new[] { "x" }, ["unrelated"] = 1 });
        FunctionResult text = await function.InvokeAsync(new Kernel(), new() { ["topic"] = "t", ["depth"] = "2.5", ["deep"] = "True", ["sources"] = "x\ny", ["style"] = "formal" });

        typed.ToString().ShouldBe("""Found it. (3, true, ["x"], plain)""");
        text.ToString().ShouldBe("""Found it. (2.5, true, ["x","y"], formal)""");
        typed.GetWorkflowRun().ShouldNotBeNull().Outcome.ShouldBe(RunOutcome.Succeeded);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_prompt_that_calls_it_pays_for_its_run(bool streaming)
    {
        using var fixture = new KernelFixture(Answers);
        WorkflowEngine engine = Engine(fixture);
        fixture.Kernel.Plugins.AddFromFunctions("work", [Research.AsKernelFunction(engine)]);
        using var task = fixture.BeginTask();

        string answer = await fixture.AskAsync("Look it up.", Way.Prompt, streaming, fixture.Auto);

        answer.ShouldEndWith("The workflow says it.");
        task.Ledger.Snapshot().Spent.Calls.ShouldBe(3);
        task.Ledger.Snapshot().Reserved.ShouldBe(default);
        GrantGiven given = fixture.Events.Events.OfType<GrantGiven>().ShouldHaveSingleItem();
        given.Budget.LimitUsd!.Value.ToUsd().ShouldBe(0.01m);
        fixture.Events.Events.OfType<GrantReturned>().ShouldHaveSingleItem().Spent.Calls.ShouldBe(1);
        fixture.Events.LedgerShouldBalance();
    }

    [Fact]
    public async Task Its_part_is_no_more_than_what_the_task_has_left()
    {
        using var fixture = new KernelFixture(Answers);
        KernelFunction function = Research.AsKernelFunction(Engine(fixture), budget: new Budget { Usd = 5, Calls = 10 });
        using var task = fixture.BeginTask(new Budget { Usd = 1, OnExceeded = OnExceeded.Stop });

        FunctionResult result = await function.InvokeAsync(fixture.Kernel, new() { ["topic"] = "t" });

        result.GetWorkflowRun()!.Budget.LimitUsd!.Value.ToUsd().ShouldBe(1m);
        result.GetWorkflowRun()!.Budget.LimitCalls.ShouldBe(10);
        task.Ledger.Snapshot().Spent.ShouldBe(result.GetWorkflowRun()!.Budget.Spent);
    }

    [Fact]
    public async Task A_run_that_does_not_succeed_says_why_and_throws_nothing()
    {
        WorkflowDefinition failing = Research with { Nodes = [new EndNode { Name = "no", Outcome = RunOutcome.Failed, Reason = Text("There is nothing about {{ inputs.topic }}."), Answer = Text("Only a hint.") }] };
        WorkflowDefinition asking = Research with { Nodes = [new HumanNode { Name = "ask", Question = Text("Which one?"), Next = [new("done", null, default)] }, Research.Nodes[1]] };
        WorkflowEngine engine = Engine(Answers);
        KernelArguments arguments = new() { ["topic"] = "t" };

        FunctionResult failed = await failing.AsKernelFunction(engine).InvokeAsync(new Kernel(), arguments);
        FunctionResult waiting = await asking.AsKernelFunction(engine).InvokeAsync(new Kernel(), arguments);
        FunctionResult poor = await Research.AsKernelFunction(engine, budget: new Budget { Usd = 0, OnExceeded = OnExceeded.Stop }).InvokeAsync(new Kernel(), arguments);
        FunctionResult wrong = await Research.AsKernelFunction(engine).InvokeAsync(new Kernel(), new() { ["topic"] = "t", ["depth"] = "very" });

        failed.ToString().ShouldBe("The workflow 'quick-research' failed. There is nothing about t. What it has: Only a hint.");
        failed.GetWorkflowRun()!.Outcome.ShouldBe(RunOutcome.Failed);
        waiting.ToString().ShouldContain("waits for a person");
        poor.ToString().ShouldContain("used up its budget");
        poor.GetWorkflowRun()!.Outcome.ShouldBe(RunOutcome.BudgetExceeded);
        wrong.ToString().ShouldBe("Workflow 'quick-research' cannot start: input 'depth' is not a number.");
        wrong.GetWorkflowRun().ShouldBeNull();
    }

    [Fact]
    public async Task Runs_at_the_same_time_share_what_the_task_has_and_never_more()
    {
        using var fixture = new KernelFixture(Answers);
        KernelFunction function = Research.AsKernelFunction(Engine(fixture), budget: new Budget { Calls = 1 });
        using var task = fixture.BeginTask(new Budget { Calls = 5, OnExceeded = OnExceeded.Stop });

        FunctionResult[] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => function.InvokeAsync(fixture.Kernel, new() { ["topic"] = $"t{i}" }))));

        // a run that comes when nothing is free is refused; what is returned unspent may serve a later one
        RunOutcome?[] outcomes = [.. results.Select(result => result.GetWorkflowRun()?.Outcome)];
        outcomes.Count(outcome => outcome == RunOutcome.Succeeded).ShouldBe(5);
        outcomes.Count(outcome => outcome is RunOutcome.BudgetExceeded or null).ShouldBe(3);
        task.Ledger.Snapshot().Spent.Calls.ShouldBe(5);
        task.Ledger.Snapshot().Reserved.ShouldBe(default);
    }

    [Fact]
    public async Task A_task_without_anything_left_refuses_the_run()
    {
        using var fixture = new KernelFixture(Answers);
        using var task = fixture.BeginTask(new Budget { Calls = 0, OnExceeded = OnExceeded.Stop });

        FunctionResult result = await Research.AsKernelFunction(Engine(fixture)).InvokeAsync(fixture.Kernel, new() { ["topic"] = "t" });

        result.GetWorkflowRun()!.Outcome.ShouldBe(RunOutcome.BudgetExceeded);
        task.Ledger.Snapshot().Spent.Calls.ShouldBe(0);
        task.Ledger.Snapshot().Reserved.ShouldBe(default);
    }

    [Fact]
    public async Task Cancelling_cancels_the_run_and_gives_back_its_part()
    {
        using var fixture = new KernelFixture(TestScript.For("slow").Always().After(TimeSpan.FromHours(1)).Says("never"));
        using var task = fixture.BeginTask();
        using var cancel = new CancellationTokenSource();

        Task<FunctionResult> invoked = Research.AsKernelFunction(Engine(fixture)).InvokeAsync(fixture.Kernel, new() { ["topic"] = "t" }, cancel.Token);
        while (!fixture.Events.Events.OfType<GrantGiven>().Any() && !invoked.IsCompleted)
            await Task.Delay(5);
        await Task.Delay(50);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(invoked);

        task.Ledger.Snapshot().Reserved.ShouldBe(default);
        fixture.Events.Events.OfType<GrantReturned>().Count().ShouldBe(1);
    }

    private static WorkflowEngine Engine(Script script) => Engine(new KernelFixture(script));

    private static WorkflowEngine Engine(KernelFixture fixture) => new(new WorkflowEngineOptions
    {
        Models = fixture.Models,
        Router = fixture.Kernel.GetRequiredService<StepRoutingChatClient>(),
        IdGenerator = new SequentialIdGenerator(),
    });

    private static Template Text(string text) => Template.Parse(text, ExpressionNames.Unchecked);
}
