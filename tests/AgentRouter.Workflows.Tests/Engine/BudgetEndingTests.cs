using System.Text;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Failures;
using AgentRouter.Pricing;
using AgentRouter.Steps;
using AgentRouter.Workflows.Engine;
using Microsoft.Extensions.AI;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Engine;

public sealed class BudgetEndingTests
{
    private static readonly string Long = new('w', 4_000);

    [Fact]
    public async Task A_run_whose_budget_is_used_up_wraps_up_from_the_reserve()
    {
        ChatMessage? asked = null;
        StepIdentity? identity = null;
        var bench = new Bench(new FakeModel((messages, options) =>
        {
            if (options.GetStep()?.Node != "wrapUp")
                return FakeModel.Text(Long, 100, Math.Min(1_000, options!.MaxOutputTokens!.Value));
            asked = messages.Single();
            identity = options.GetStep();
            return FakeModel.Text(" half of it is done ", 300, 20);
        })
        { SeesIdentity = true })
        { Budget = new Budget { Usd = 0.02m } };

        RunResult result = await bench.RunAsync(Endless());

        result.Outcome.ShouldBe(RunOutcome.BudgetExceeded);
        result.Answer.ShouldBe("half of it is done");
        result.Reason!.ShouldStartWith("The budget is used up:");
        result.Budget.Spent.Usd.ShouldBeLessThanOrEqualTo(Money.FromUsd(0.02m));
        result.Budget.Reserved.ShouldBe(default);
        identity!.Role.ShouldBe("wrapUp");
        Encoding.UTF8.GetByteCount(asked!.Text).ShouldBeLessThanOrEqualTo(700);
        asked.Text.ShouldContain("code (");
        bench.Of<WrapUpStarted>().Single().Available!.Value.ShouldBeGreaterThanOrEqualTo(Money.FromUsd(0.002m));
        bench.Events.OfType<StepRouted>().Last().Node.ShouldBe("wrapUp");
        bench.Events[^1].ShouldBeOfType<RunEnded>().Answer.ShouldBe("half of it is done");
    }

    [Theory]
    [InlineData(0.0000002)]
    [InlineData(0)]
    public async Task When_even_the_last_answer_does_not_fit_a_summary_is_made_without_a_model(decimal usd)
    {
        var bench = new Bench { Budget = new Budget { Usd = usd } };

        RunResult result = await bench.RunAsync(Endless());

        result.Outcome.ShouldBe(RunOutcome.BudgetExceeded);
        result.Answer!.ShouldContain("made without a model");
        result.Answer!.ShouldContain("code (1x)");
        result.Budget.Spent.Usd.ShouldBe(Money.Zero);
        ((FakeModel)bench.Model).Calls.ShouldBe(0);
    }

    [Fact]
    public async Task A_wrap_up_call_that_fails_leaves_the_local_summary()
    {
        var bench = new Bench(new FakeModel((_, options) => options.GetStep()?.Node == "wrapUp"
            ? throw new ModelCallException(FailureClass.Authentication, "The key is wrong.")
            : FakeModel.Text("x", 400, 1_000))
        { SeesIdentity = true })
        { Budget = new Budget { Calls = 3 } };

        RunResult result = await bench.RunAsync(Endless());

        result.Outcome.ShouldBe(RunOutcome.BudgetExceeded);
        result.Answer!.ShouldContain("made without a model");
    }

    [Theory]
    [InlineData(OnExceeded.Stop, RunOutcome.BudgetExceeded)]
    [InlineData(OnExceeded.Degrade, RunOutcome.BudgetExceeded)]
    [InlineData(OnExceeded.Ask, RunOutcome.Waiting)]
    public async Task Other_budgets_end_without_a_last_answer(OnExceeded onExceeded, RunOutcome outcome)
    {
        var bench = new Bench { Budget = new Budget { Calls = 2, OnExceeded = onExceeded } };

        RunResult result = await bench.RunAsync(Endless());

        result.Outcome.ShouldBe(outcome);
        result.Answer.ShouldBeNull();
        result.Budget.Spent.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_person_may_give_the_run_its_budget_once_more_and_the_call_goes_on()
    {
        int asked = 0;
        var bench = new Bench { Budget = new Budget { Calls = 2, OnExceeded = OnExceeded.Ask }, Person = new FakePerson((_, _) => new(++asked == 1 ? "yes" : "no")) };

        RunResult result = await bench.RunAsync(Endless());

        result.Outcome.ShouldBe(RunOutcome.BudgetExceeded);
        result.Budget.Spent.Calls.ShouldBe(4);
        result.Budget.LimitCalls.ShouldBe(4);
        bench.Of<PersonAnswered>().Select(answer => answer.Answer).ShouldBe(["yes", "no"]);
        bench.Of<NodeStarted>().Count(started => started.Node == "code").ShouldBe(5);
    }

    [Fact]
    public async Task A_person_is_not_asked_to_raise_a_part_of_another_tasks_budget()
    {
        new BudgetLedger(new Budget { Calls = 9, OnExceeded = OnExceeded.Stop }).TryGrant(new Budget { Calls = 1, OnExceeded = OnExceeded.Ask }, out BudgetLedger? part, out _).ShouldBeTrue();
        var person = new FakePerson("yes");
        var bench = new Bench { Person = person };

        RunResult result = await bench.Engine().Start(Endless(), new RunRequest { Ledger = part }).Completion;

        result.Outcome.ShouldBe(RunOutcome.Waiting);
        result.Budget.Spent.Calls.ShouldBe(1);
        person.Questions.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tool_step_is_asked_for_too()
    {
        var bench = new Bench { Budget = new Budget { Steps = 1, OnExceeded = OnExceeded.Ask }, Person = new FakePerson("yes"), Tools = { new FakeTools("box").Add("read", () => "x") } };

        RunResult result = await bench.RunAsync(Workflow(Tool("a", "box.read", "b"), Tool("b", "box.read"), Done()));

        result.Outcome.ShouldBe(RunOutcome.Succeeded);
        result.Budget.LimitSteps.ShouldBe(2);
    }

    [Fact]
    public async Task When_the_time_is_up_the_call_in_flight_ends_and_the_run_is_over_budget_not_cancelled()
    {
        var bench = new Bench(new FakeModel(async (_, options, token) =>
        {
            if (options.GetStep()?.Node == "wrapUp")
                return FakeModel.Text("ran out of time");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return FakeModel.Text("never");
        })
        { SeesIdentity = true })
        { Budget = new Budget { Time = TimeSpan.FromMinutes(10) } };
        Task<RunResult> reading = bench.ReadAsync(bench.Begin(Workflow(Agent("slow"), Done()), CancellationToken.None));
        await Wait.UntilAsync(() => ((FakeModel)bench.Model).Calls == 1);

        bench.Clock.Advance(TimeSpan.FromMinutes(9.5));
        RunResult result = await reading;

        result.Outcome.ShouldBe(RunOutcome.BudgetExceeded);
        result.Answer.ShouldBe("ran out of time");
        result.Budget.Reserved.ShouldBe(default);
    }

    [Fact]
    public async Task When_the_time_is_up_in_a_tool_the_run_is_over_budget_too()
    {
        var began = new TaskCompletionSource();
        var bench = new Bench { Budget = new Budget { Time = TimeSpan.FromMinutes(10), OnExceeded = OnExceeded.Stop } };
        bench.Tools.Add(new FakeTools("box").Add("wait", async (CancellationToken token) =>
        {
            began.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        }));
        Task<RunResult> reading = bench.ReadAsync(bench.Begin(Workflow(Tool("slow", "box.wait"), Done()), CancellationToken.None));
        await began.Task;

        bench.Clock.Advance(TimeSpan.FromMinutes(11));
        RunResult result = await reading;

        result.Outcome.ShouldBe(RunOutcome.BudgetExceeded);
        result.Reason!.ShouldContain("the budget of 600 s");
    }

    [Fact]
    public async Task A_model_that_fails_for_good_fails_the_node()
    {
        var bench = new Bench(new FakeModel((_, _) => throw new ModelCallException(FailureClass.Authentication, "The key of 'openai' is wrong.")));

        RunResult result = await bench.RunAsync(Workflow(Agent("code"), Done()));

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason!.ShouldContain("Node 'code': the model call failed (Authentication)");
        result.Reason!.ShouldContain("The key of 'openai' is wrong.");
    }

    private static Definitions.WorkflowDefinition Endless() =>
        Workflow(Agent("code", "again"), Branch("again", (null, "code")), Done());
}
