using System.Collections.Concurrent;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.Pricing;
using AgentRouter.Tools;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Tests.Journal;
using Microsoft.Extensions.AI;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Engine.Healing;

public sealed class HealingRunTests
{
    [Fact]
    public async Task A_tool_node_that_names_a_capability_goes_around_what_fails()
    {
        World world = new();

        RunResult result = await world.RunAsync(ToolWorkflow());

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        world.SideEffects.ShouldBe(["razorpay", "email"]);
        world.Of<ToolRerouted>().Select(reroute => reroute.Tool).ShouldBe(["stripe", "email"]);
        result.Outputs["refund"]!["note"]!.GetValue<string>().ShouldContain("stripe");
    }

    [Fact]
    public async Task A_model_calls_the_capability_and_sees_what_came_of_it()
    {
        World world = new();

        RunResult result = await world.RunAsync(AgentWorkflow());

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        world.SideEffects.ShouldBe(["razorpay", "email"]);
        world.ToolResults.ShouldHaveSingleItem().ShouldContain("failed on the way");
        world.Tools.Single().JsonSchema.ToString().ShouldContain("order_id");
    }

    [Fact]
    public async Task Wherever_the_process_dies_the_way_goes_on_and_nothing_is_done_twice()
    {
        foreach (WorkflowDefinition workflow in new[] { ToolWorkflow(), AgentWorkflow() })
        {
            World whole = new();
            RunResult expected = await whole.RunAsync(workflow);
            int boundaries = whole.Store.Entries;
            boundaries.ShouldBeGreaterThan(20);

            for (int dies = 2; dies < boundaries; dies++)
            {
                World world = new();
                world.Store.DiesAfter = dies;
                await world.RunAsync(workflow);
                RunResult resumed = await world.ResumeAsync(workflow);

                resumed.Outcome.ShouldBe(RunOutcome.Succeeded, $"died after {dies}: {resumed.Reason}");
                world.SideEffects.Order().ToArray().ShouldBe(["email", "razorpay"], $"died after {dies}");
                resumed.Outputs.ToJsonString().ShouldContain("done");
                (await world.ReplayAsync(workflow)).Mismatch.ShouldBeNull($"died after {dies}");
            }

            expected.Outcome.ShouldBe(RunOutcome.Succeeded);
        }
    }

    [Fact]
    public async Task A_replay_makes_the_same_decisions_whatever_health_says_now()
    {
        World world = new();
        await world.RunAsync(ToolWorkflow());
        ReplayResult replay = await world.ReplayAsync(ToolWorkflow());

        replay.Mismatch.ShouldBeNull();
    }

    [Fact]
    public async Task A_lesser_goal_fails_the_node_unless_it_is_accepted()
    {
        World world = new() { NoMail = true };
        (await world.RunAsync(ToolWorkflow())).Outcome.ShouldBe(RunOutcome.Failed);

        World accepting = new() { NoMail = true };
        RunResult result = await accepting.RunAsync(ToolWorkflow(acceptsLesser: true));
        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        accepting.SideEffects.ShouldBe(["razorpay"]);
        accepting.Of<GoalDemoted>().ShouldHaveSingleItem().Lesser.ShouldBe("refunded, to be confirmed by hand");
    }

    [Fact]
    public async Task An_agent_that_says_it_is_done_is_not_believed_while_a_capability_is_missing()
    {
        World world = new() { ModelDoesNothing = true };

        RunResult result = await world.RunAsync(AgentWorkflow());

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason!.ShouldContain("confirmation is not satisfied");
    }

    [Fact]
    public async Task Where_no_way_is_left_the_model_decides_through_the_router_and_its_budget()
    {
        World world = new() { NoMail = true };

        RunResult result = await world.RunAsync(ToolWorkflow(acceptsLesser: true, noLesser: true));

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        world.SideEffects.ShouldBe(["razorpay", "letter"]);
        world.Of<StepRouted>().ShouldHaveSingleItem().Agent.ShouldBe("healing");
        world.Of<EscalationDecided>().ShouldHaveSingleItem().Tool.ShouldBe("letter");
        (await world.ReplayAsync(ToolWorkflow(acceptsLesser: true, noLesser: true))).Mismatch.ShouldBeNull();
    }

    [Fact]
    public async Task What_a_tool_costs_is_booked_in_the_budget_of_the_task()
    {
        World world = new() { Budget = new Budget { Usd = 1 } };

        RunResult result = await world.RunAsync(ToolWorkflow(price: 0.25m));

        // stripe refused and costs nothing
        result.Budget.Spent.Usd.ShouldBe(Money.FromUsd(0.25m));
        world.Of<BudgetSettled>().Sum(settled => settled.Booked.Usd.Picodollars).ShouldBe(result.Budget.Spent.Usd.Picodollars);

        World poor = new() { Budget = new Budget { Usd = 0.2m, OnExceeded = OnExceeded.Stop } };
        (await poor.RunAsync(ToolWorkflow(price: 0.25m))).Outcome.ShouldBe(RunOutcome.BudgetExceeded);
        poor.SideEffects.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_risky_call_waits_for_a_person_and_goes_on_when_it_is_allowed()
    {
        World world = new();
        WorkflowDefinition workflow = ToolWorkflow(risk: ToolRisk.High);

        RunResult waiting = await world.RunAsync(workflow);
        waiting.Outcome.ShouldBe(RunOutcome.Waiting);
        world.SideEffects.ShouldBeEmpty();
        await RunAnswers.AddAsync(world.Store, "run-1", "yes");
        RunResult result = await world.ResumeAsync(workflow);
        if (result.Outcome == RunOutcome.Waiting)
        {
            await RunAnswers.AddAsync(world.Store, "run-1", "yes");
            result = await world.ResumeAsync(workflow);
        }

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        world.SideEffects.ShouldBe(["razorpay", "email"]);
    }

    private static WorkflowDefinition ToolWorkflow(bool acceptsLesser = false, bool noLesser = false, decimal price = 0, ToolRisk risk = ToolRisk.Low) => Workflow(
        Tool("refund", "capability.refund_and_confirm", "done", ("order_id", "A-7")) with { AcceptsLesser = acceptsLesser },
        Done(answer: "{{ refund }}")) with
    {
        Tools = new ToolRules { Graph = Graph(noLesser, price, risk) },
    };

    private static WorkflowDefinition AgentWorkflow() => Workflow(
        Agent("work", agent: Def("worker") with { Tools = ["capability.refund_and_confirm"], MaxCalls = 4 }) with { Requires = ["confirmation"] },
        Done(answer: "{{ work }}")) with
    {
        Tools = new ToolRules { Graph = Graph() },
    };

    private static CapabilityGraph Graph(bool noLesser = false, decimal price = 0, ToolRisk risk = ToolRisk.Low) => new(
        [
            new CapabilityTool { Name = "crm", Tool = "shop.crm", Provides = ["order"], Needs = ["order_id"], Effect = ToolEffect.None },
            new CapabilityTool { Name = "stripe", Tool = "shop.stripe", Provides = ["refund"], Needs = ["order"], Price = Money.FromUsd(price), Check = "findStripe", Risk = risk },
            new CapabilityTool { Name = "razorpay", Tool = "shop.razorpay", Provides = ["refund"], Needs = ["order"], Cost = 2, Price = Money.FromUsd(price), Check = "findRazorpay" },
            new CapabilityTool { Name = "email", Tool = "shop.email", Provides = ["confirmation"], Needs = ["refund"], Check = "findMail" },
            new CapabilityTool { Name = "sms", Tool = "shop.sms", Provides = ["confirmation"], Needs = ["refund"], Cost = 2, Check = "findMail" },
            new CapabilityTool { Name = "letter", Tool = "shop.letter", Provides = ["letter"], Check = "findLetter" },
            new CapabilityTool { Name = "findStripe", Tool = "shop.findStripe", Provides = ["stripe_found"], Effect = ToolEffect.None },
            new CapabilityTool { Name = "findRazorpay", Tool = "shop.findRazorpay", Provides = ["razorpay_found"], Effect = ToolEffect.None },
            new CapabilityTool { Name = "findMail", Tool = "shop.findMail", Provides = ["mail_found"], Effect = ToolEffect.None },
            new CapabilityTool { Name = "findLetter", Tool = "shop.findLetter", Provides = ["letter_found"], Effect = ToolEffect.None },
        ],
        [new CapabilityFact("order_id", DataType.Text)],
        [new CapabilityGoal("refund_and_confirm", ["refund", "confirmation"]) { Lesser = noLesser ? [] : [new LesserGoal("refunded, to be confirmed by hand", ["refund"])] }]);

    private sealed class World
    {
        private readonly Bench _bench;

        public World()
        {
            _bench = new Bench(new FakeModel(AnswerAsync)) { Store = Store };
            FakeTools shop = new FakeTools("shop")
                .Add("crm", () => "order A-7", isIdempotent: true)
                .Add("stripe", string () => throw new ToolException("stripe is down"))
                .Add("razorpay", () => Effect("razorpay"))
                // it is done, and nobody is told
                .Add("email", () => NoMail ? throw new ToolException("no mail") : Effect("email") is null ? "" : throw new InvalidOperationException("the connection broke"))
                .Add("sms", () => NoMail ? throw new ToolException("no sms") : Effect("sms"))
                .Add("letter", () => Effect("letter"))
                .Add("findStripe", () => Has("stripe"), isIdempotent: true)
                .Add("findRazorpay", () => Has("razorpay"), isIdempotent: true)
                .Add("findMail", () => Has("email"), isIdempotent: true)
                .Add("findLetter", () => Has("letter"), isIdempotent: true);
            _bench.Tools.Add(shop);
        }

        public MortalStore Store { get; } = new();

        public ConcurrentQueue<string> SideEffects { get; } = [];

        public ConcurrentQueue<string> ToolResults { get; } = [];

        public List<AIFunction> Tools { get; } = [];

        public bool NoMail { get; init; }

        public bool ModelDoesNothing { get; init; }

        public Budget? Budget { get => _bench.Budget; init => _bench.Budget = value; }

        public IEnumerable<T> Of<T>()
            where T : RunEvent => Store.Events("run-1").OfType<T>();

        public Task<RunResult> RunAsync(WorkflowDefinition workflow) =>
            _bench.Engine().Start(workflow, new RunRequest { RunId = "run-1", Budget = Budget, StreamEvents = false }).Completion;

        public async Task<RunResult> ResumeAsync(WorkflowDefinition workflow)
        {
            Store.Revive();
            return await (await _bench.Engine().ResumeAsync(workflow, "run-1", streamEvents: false)).Completion;
        }

        public Task<ReplayResult> ReplayAsync(WorkflowDefinition workflow) => _bench.Engine().ReplayAsync(workflow, "run-1");

        private Task<ChatResponse> AnswerAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
        {
            if (messages[0].Text.StartsWith("You decide", StringComparison.Ordinal))
                return Task.FromResult(FakeModel.Text("""{"decision": "useTool", "tool": "letter", "capability": "confirmation", "reason": "a letter confirms it"}"""));
            bool hasResult = messages.Any(message => message.Role == ChatRole.Tool);
            if (options?.Tools?.Count > 0 && !hasResult && !ModelDoesNothing)
            {
                Tools.AddRange(options.Tools.OfType<AIFunction>());
                return Task.FromResult(FakeModel.Call("capability_refund_and_confirm", ("order_id", "A-7")));
            }

            foreach (FunctionResultContent content in messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>())
                ToolResults.Enqueue(content.Result?.ToString() ?? "");
            return Task.FromResult(FakeModel.Text("done"));
        }

        private string Effect(string name)
        {
            SideEffects.Enqueue(name);
            return $"{name} is done";
        }

        private bool Has(string name) => SideEffects.Contains(name);
    }
}
