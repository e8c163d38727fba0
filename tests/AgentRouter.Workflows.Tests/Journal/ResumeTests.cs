using System.Collections.Concurrent;
using AgentRouter.Budgets;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Tools;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.Human;
using AgentRouter.Workflows.Nodes.Parallel;
using AgentRouter.Workflows.Tests.Engine;
using Microsoft.Extensions.AI;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Journal;

public sealed class ResumeTests
{
    [Fact]
    public async Task Wherever_the_process_dies_the_run_ends_the_same_and_no_answered_call_is_paid_twice()
    {
        World whole = new();
        RunResult expected = await whole.RunAsync(int.MaxValue);
        int boundaries = whole.Store.Entries;
        expected.Outcome.ShouldBe(RunOutcome.Succeeded);
        boundaries.ShouldBeGreaterThan(40);

        for (int dies = 2; dies < boundaries; dies++)
        {
            World world = new();
            await world.RunAsync(dies);
            RunResult resumed = await world.ResumeAsync();
            bool isLost = resumed.Outcome == RunOutcome.Waiting;
            if (isLost)
            {
                // the payment went out and its return was not kept: a person looks it up
                await RunAnswers.AddAsync(world.Store, "run-1", world.SideEffects.Contains("pay") ? "done" : "again");
                resumed = await world.ResumeAsync();
            }

            resumed.Reason.ShouldBeNull($"died after {dies}");
            resumed.Outcome.ShouldBe(RunOutcome.Succeeded, $"died after {dies}");
            resumed.Answer.ShouldBe(expected.Answer, $"died after {dies}");
            if (!isLost)
                resumed.Outputs.ToJsonString().ShouldBe(expected.Outputs.ToJsonString(), $"died after {dies}");
            // what the model answered and the journal did not see is in doubt, and booked
            int again = world.Answered.Count - whole.Answered.Count;
            again.ShouldBeLessThanOrEqualTo(world.InDoubt, $"died after {dies}");
            resumed.Budget.Spent.Usd.ShouldBeGreaterThanOrEqualTo(world.Billed, $"died after {dies}");
            if (world.InDoubt == 0)
                resumed.Budget.Spent.ShouldBe(expected.Budget.Spent, $"died after {dies}");
            world.SideEffects.Count(effect => effect == "pay").ShouldBe(1, $"died after {dies}");
        }
    }

    [Fact]
    public async Task A_run_may_die_again_and_again()
    {
        World world = new();
        await world.RunAsync(7);
        RunResult result;
        int deaths = 0;
        do
        {
            world.Store.DiesAfter = world.Store.Entries + 15;
            result = await world.ResumeAsync(revive: false);
            if (result.Outcome == RunOutcome.Waiting)
            {
                world.Store.Revive();
                await RunAnswers.AddAsync(world.Store, "run-1", world.SideEffects.Contains("pay") ? "done" : "again");
            }
        }
        while (result.Outcome != RunOutcome.Succeeded && ++deaths < 50);

        result.Outcome.ShouldBe(RunOutcome.Succeeded);
        deaths.ShouldBeGreaterThan(3);
        world.SideEffects.Count(effect => effect == "pay").ShouldBe(1);
    }

    [Fact]
    public async Task A_run_that_has_ended_is_not_gone_on_with()
    {
        World world = new();
        await world.RunAsync(int.MaxValue);

        (await Should.ThrowAsync<RunEndedException>(() => world.ResumeAsync())).Message.ShouldContain("has ended: succeeded");
    }

    [Fact]
    public async Task A_workflow_that_has_changed_is_noticed_and_the_record_stays_as_it_was()
    {
        World world = new();
        await world.RunAsync(30);
        int before = world.Store.Events("run-1").Count;

        RunResult result = await world.ResumeAsync(workflow: Workflow(Agent("other"), Done()));

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason!.ShouldContain("Event 3 at node 'plan': visit 1 of node 'plan' is recorded, but now node 'other' comes");
        world.Store.Events("run-1").Count.ShouldBeLessThanOrEqualTo(before + 1);
        (await world.ResumeAsync()).Outcome.ShouldBe(RunOutcome.Succeeded);
    }

    [Fact]
    public async Task A_damaged_answer_ends_the_work_with_its_place()
    {
        World world = new();
        await world.RunAsync(40);
        CallAnswered answered = world.Store.Events("run-1").OfType<CallAnswered>().First();
        world.Store.Damage(answered.Value!);

        RunResult result = await world.ResumeAsync();

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason!.ShouldContain($"The answer beside event {answered.Sequence}");
    }

    [Fact]
    public async Task A_person_answers_while_no_process_works_on_the_run()
    {
        World world = new();
        WorkflowDefinition workflow = Workflow(
            Agent("draft", to: "check"),
            new HumanNode { Name = "check", Question = Text("Good enough?"), Choices = ["yes", "no"], Next = To("done") },
            Done(answer: "{{ check }}"));
        (await world.RunAsync(int.MaxValue, workflow)).Outcome.ShouldBe(RunOutcome.Waiting);
        (await world.ResumeAsync(workflow: workflow)).Outcome.ShouldBe(RunOutcome.Waiting);

        await RunAnswers.AddAsync(world.Store, "run-1", "yes", cancellationToken: CancellationToken.None);
        RunResult result = await world.ResumeAsync(workflow: workflow);

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        result.Answer.ShouldBe("yes");
        world.Answered.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("again", 2, RunOutcome.Succeeded)]
    [InlineData("done", 1, RunOutcome.Succeeded)]
    [InlineData("fail", 1, RunOutcome.Failed)]
    public async Task A_tool_call_in_doubt_waits_for_a_person(string answer, int payments, RunOutcome outcome)
    {
        World world = new();
        WorkflowDefinition workflow = Workflow(Tool("pay", "shop.pay", "done"), Done());
        await world.RunAsync(int.MaxValue, workflow);
        int called = world.Store.Events("run-1").ToList().FindIndex(next => next is ToolCalled) + 1;

        world = new World();
        await world.RunAsync(called, workflow);
        // the entry was kept and the call went out; its return was not kept
        world.SideEffects.Count.ShouldBe(1);
        (await world.ResumeAsync(workflow: workflow)).Outcome.ShouldBe(RunOutcome.Waiting);
        world.SideEffects.Count.ShouldBe(1);
        await RunAnswers.AddAsync(world.Store, "run-1", answer, cancellationToken: CancellationToken.None);
        RunResult result = await world.ResumeAsync(workflow: workflow);

        result.Outcome.ShouldBe(outcome, result.Reason);
        world.SideEffects.Count.ShouldBe(payments);
    }

    [Fact]
    public async Task A_tool_that_was_called_again_is_not_called_a_third_time()
    {
        World whole = new();
        WorkflowDefinition workflow = Workflow(Tool("pay", "shop.pay", "look"), Tool("look", "shop.look", "done"), Done(answer: "{{ pay }}"));
        await whole.RunAsync(int.MaxValue, workflow);
        int called = whole.Store.Events("run-1").ToList().FindIndex(next => next is ToolCalled) + 1;
        World world = new();
        await world.RunAsync(called, workflow);
        await world.ResumeAsync(workflow);
        await RunAnswers.AddAsync(world.Store, "run-1", "again");

        for (int deaths = 0; deaths < 3; deaths++)
        {
            // long enough for the call to go out and not for what it returns
            world.Store.DiesAfter = world.Store.Entries + 2;
            await world.ResumeAsync(workflow, revive: false);
        }

        world.SideEffects.Count(effect => effect == "pay").ShouldBe(2);
        RunResult result = await world.ResumeAsync(workflow);
        if (result.Outcome == RunOutcome.Waiting)
        {
            await RunAnswers.AddAsync(world.Store, "run-1", "done");
            result = await world.ResumeAsync(workflow);
        }

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        world.SideEffects.Count(effect => effect == "pay").ShouldBe(2);
        (await world.ReplayAsync(workflow)).Mismatch.ShouldBeNull();
    }

    [Fact]
    public async Task A_cancelled_run_goes_on()
    {
        World world = new() { HangsAt = 2 };
        using var cancel = new CancellationTokenSource();
        Task<RunResult> running = world.RunAsync(int.MaxValue, cancellationToken: cancel.Token);
        await Wait.UntilAsync(() => world.IsHanging);
        await cancel.CancelAsync();
        (await running).Outcome.ShouldBe(RunOutcome.Cancelled);

        world.HangsAt = 0;
        RunResult result = await world.ResumeAsync();

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
    }

    [Fact]
    public async Task A_budget_that_a_person_must_raise_waits_and_goes_on()
    {
        World world = new() { Budget = new Budget { Calls = 1, OnExceeded = OnExceeded.Ask } };
        WorkflowDefinition workflow = Workflow(Agent("one", to: "two"), Agent("two"), Done());
        (await world.RunAsync(int.MaxValue, workflow)).Outcome.ShouldBe(RunOutcome.Waiting);

        await RunAnswers.AddAsync(world.Store, "run-1", "yes", cancellationToken: CancellationToken.None);
        RunResult result = await world.ResumeAsync(workflow: workflow);

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        result.Budget.Spent.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_replay_makes_the_same_decisions_and_calls_nobody()
    {
        World world = new();
        await world.RunAsync(int.MaxValue);
        int answered = world.Answered.Count, effects = world.SideEffects.Count, entries = world.Store.Entries;

        ReplayResult replay = await world.ReplayAsync();

        replay.Mismatch.ShouldBeNull();
        replay.Decisions.ShouldBe(answered);
        replay.Result.Outcome.ShouldBe(RunOutcome.Succeeded);
        (world.Answered.Count, world.SideEffects.Count, world.Store.Entries).ShouldBe((answered, effects, entries));
    }

    [Fact]
    public async Task A_replay_agrees_with_decisions_that_saw_time_run_out()
    {
        World world = new() { Budget = new Budget { Time = TimeSpan.FromSeconds(100) }, TimeOfAnswer = TimeSpan.FromSeconds(9) };
        await world.RunAsync(int.MaxValue);
        world.Store.Events("run-1").OfType<StepRouted>().Last().Features.BudgetLeft.ShouldBeLessThan(0.6);

        (await world.ReplayAsync()).Mismatch.ShouldBeNull();
    }

    [Fact]
    public async Task A_replay_names_the_first_event_that_differs()
    {
        World world = new();
        await world.RunAsync(int.MaxValue);
        StepRouted second = world.Store.Events("run-1").OfType<StepRouted>().ElementAt(1);
        world.Store.Replace("run-1", next => next is StepRouted routed && next.Sequence == second.Sequence ? routed with { Policy = "guess" } : next);

        ReplayResult replay = await world.ReplayAsync();

        replay.Mismatch!.Sequence.ShouldBe(second.Sequence);
        replay.Mismatch.Message.ShouldContain("policy: 'guess' is recorded, now it is");
    }

    [Fact]
    public async Task A_fork_shares_the_beginning_without_paying_it_again()
    {
        World world = new();
        await world.RunAsync(int.MaxValue);
        int answered = world.Answered.Count;
        IReadOnlyList<RunEvent> events = world.Store.Events("run-1");
        RunEvent reviewed = events.Last(next => next is NodeFinished { Node: "review" });

        string fork = await world.ForkAsync(new ForkRequest { At = reviewed.Sequence, RunId = "run-2" });
        RunResult result = await world.ResumeAsync(runId: fork);

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        world.Answered.Count.ShouldBe(answered + 1, "only the last agent works again");
        world.SideEffects.Count(effect => effect == "pay").ShouldBe(2);
        world.Store.Events("run-1").Count.ShouldBe(events.Count);
    }

    [Fact]
    public async Task A_fork_may_change_what_a_node_gave()
    {
        World world = new();
        WorkflowDefinition workflow = Workflow(Agent("one", to: "two"), Agent("two"), Done(answer: "{{ one }} {{ two }}"));
        await world.RunAsync(int.MaxValue, workflow);
        RunEvent first = world.Store.Events("run-1").First(next => next is NodeFinished { Node: "one" });

        await world.ForkAsync(new ForkRequest { At = first.Sequence, RunId = "run-2", Set = new Dictionary<string, string> { ["one"] = "changed" } });

        (await world.ResumeAsync(workflow, runId: "run-2")).Answer.ShouldBe("changed good");
        (await Should.ThrowAsync<ConfigurationException>(() => world.ForkAsync(new ForkRequest { At = first.Sequence, Set = new Dictionary<string, string> { ["twoo"] = "x" } })))
            .Message.ShouldContain("'twoo' is no input");
        (await Should.ThrowAsync<ConfigurationException>(() => world.ForkAsync(new ForkRequest { At = 1_000 }))).Message.ShouldContain("cannot be forked at 1000");
    }

    [Theory]
    [InlineData("yes", 1)]
    [InlineData("no", 0)]
    public async Task A_tool_that_needs_approval_waits_for_it(string answer, int payments)
    {
        World world = new();
        WorkflowDefinition workflow = Workflow(Tool("pay", "shop.pay", "done") with { OnError = "done" }, Done()) with { Tools = new ToolRules { Approve = ["shop.p*"] } };
        (await world.RunAsync(int.MaxValue, workflow)).Outcome.ShouldBe(RunOutcome.Waiting);
        world.SideEffects.ShouldBeEmpty();
        (await RunAnswers.FindAsync(world.Store, "run-1")).Single().Question.ShouldContain("May shop.pay be called");

        await RunAnswers.AddAsync(world.Store, "run-1", answer);
        RunResult result = await world.ResumeAsync(workflow);

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        world.SideEffects.Count.ShouldBe(payments);
    }

    [Fact]
    public async Task A_tool_gets_the_same_key_when_its_call_is_made_again()
    {
        World world = new();
        WorkflowDefinition workflow = Workflow(Tool("pay", "shop.pay", "done"), Done()) with { Tools = new ToolRules { OnDoubt = OnDoubt.Again } };
        await world.RunAsync(int.MaxValue, workflow);
        int called = world.Store.Events("run-1").ToList().FindIndex(next => next is ToolCalled) + 1;
        world = new World();
        await world.RunAsync(called, workflow);

        (await world.ResumeAsync(workflow)).Outcome.ShouldBe(RunOutcome.Succeeded);

        world.Keys.ShouldBe(["run-1/1", "run-1/1"]);
    }

    [Fact]
    public async Task A_run_that_still_waits_leaves_its_record_as_it_was()
    {
        World world = new();
        WorkflowDefinition workflow = Workflow(new HumanNode { Name = "check", Question = Text("Good?"), Next = To("done") }, Done());
        await world.RunAsync(int.MaxValue, workflow);
        int events = world.Store.Events("run-1").Count;

        (await world.ResumeAsync(workflow)).Outcome.ShouldBe(RunOutcome.Waiting);

        world.Store.Events("run-1").Count.ShouldBe(events);
    }

    /// <summary>A model, a shop with a payment that must not happen twice, and a store whose process dies.</summary>
    private sealed class World
    {
        private static readonly ModelPrices Prices = new(1, 2);
        private readonly Bench _bench;
        private int _sent;

        public World()
        {
            _bench = new Bench(new FakeModel(AnswerAsync)) { Store = Store };
            _bench.Tools.Add(new FakeTools("shop").Add("pay", (AIFunctionArguments arguments) => Pay(arguments)).Add("look", () => Effect("look"), isIdempotent: true));
        }

        public MortalStore Store { get; } = new();

        public ConcurrentQueue<string> Answered { get; } = [];

        public ConcurrentQueue<string> SideEffects { get; } = [];

        public Budget? Budget { get => _bench.Budget; set => _bench.Budget = value; }

        public int HangsAt { get; set; }

        public TimeSpan TimeOfAnswer { get; init; }

        public bool IsHanging { get; private set; }

        public Money Billed => Money.FromPicodollars(Answered.Count * Prices.CostOf(new TokenUsage(10, 0, 0, 5)).Picodollars);

        public int InDoubt => Store.Events("run-1").OfType<CallInDoubt>().Count();

        public Task<RunResult> RunAsync(int diesAfter, WorkflowDefinition? workflow = null, CancellationToken cancellationToken = default)
        {
            Store.DiesAfter = diesAfter;
            return _bench.Engine().Start(workflow ?? Whole(), new RunRequest { RunId = "run-1", Budget = Budget, StreamEvents = false }, cancellationToken).Completion;
        }

        public Task<string> ForkAsync(ForkRequest request) => _bench.Engine().ForkAsync("run-1", request);

        public async Task<RunResult> ResumeAsync(WorkflowDefinition? workflow = null, bool revive = true, string runId = "run-1")
        {
            if (revive)
                Store.Revive();
            return await (await _bench.Engine().ResumeAsync(workflow ?? Whole(), runId, streamEvents: false)).Completion;
        }

        public Task<ReplayResult> ReplayAsync(WorkflowDefinition? workflow = null) => _bench.Engine().ReplayAsync(workflow ?? Whole(), "run-1");

        private static WorkflowDefinition Whole() => Workflow(
            Agent("plan", to: "work", agent: Def("planner") with { Tools = ["shop.look"], MaxCalls = 4 }),
            new ParallelNode
            {
                Name = "work",
                Branches = [Agent("left", to: null), Agent("right", to: null, agent: Def("right") with { Tools = ["shop.look"], MaxCalls = 4 })],
                Next = To("review"),
            },
            Agent("review", to: null) with
            {
                Verify = When("review == 'good'"),
                Next = [new EdgeDefinition("pay", When("review == 'good'"), default), new EdgeDefinition("work", null, default)],
            },
            Tool("pay", "shop.pay", "sum"),
            Agent("sum"),
            Done(answer: "{{ sum }}"));

        private async Task<ChatResponse> AnswerAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
        {
            if (++_sent == HangsAt)
            {
                IsHanging = true;
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            _bench.Clock.Advance(TimeOfAnswer);
            // the answer is made of the request alone, as a real model's would be of its seed
            bool asks = options?.Tools?.Count > 0 && messages.All(message => message.Role != ChatRole.Tool);
            ChatResponse response = asks ? FakeModel.Call("shop_look") : FakeModel.Text(messages.Count > 1 && messages[^1].Text.Contains("Go.", StringComparison.Ordinal) ? "good" : "done");
            Answered.Enqueue(response.Text);
            return response;
        }

        public ConcurrentQueue<string> Keys { get; } = [];

        private string Pay(AIFunctionArguments arguments)
        {
            Keys.Enqueue((string)arguments.Context![ToolTraits.IdempotencyKey]!);
            return Effect("pay");
        }

        private string Effect(string name)
        {
            SideEffects.Enqueue(name);
            return $"{name} is done";
        }
    }
}
