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

public sealed class HealingRunHardCasesTests
{

    [Fact]
    public async Task A_risky_call_that_a_person_allowed_can_be_done_again()
    {
        World world = new();
        WorkflowDefinition workflow = ToolWorkflow(risk: ToolRisk.High);
        await world.RunAsync(workflow);
        await RunAnswers.AddAsync(world.Store, "run-1", "yes");
        RunResult result = await world.ResumeAsync(workflow);
        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        (await world.ReplayAsync(workflow)).Mismatch.ShouldBeNull();
    }

    [Fact]
    public async Task A_risky_call_that_a_person_allowed_goes_on_after_a_crash()
    {
        WorkflowDefinition workflow = ToolWorkflow(risk: ToolRisk.High);
        var bad = new List<string>();
        for (int more = 2; more < 45; more++)
        {
            World world = new();
            await world.RunAsync(workflow);
            await RunAnswers.AddAsync(world.Store, "run-1", "yes");
            world.Store.DiesAfter = world.Store.Entries + more;
            await world.ResumeKeepAsync(workflow);
            if (world.Of<RunEnded>().Any(e => e.Outcome == RunOutcome.Succeeded))
                break;
            RunResult resumed = await world.ResumeAsync(workflow);
            if (resumed.Outcome != RunOutcome.Succeeded)
                bad.Add($"{more}: {resumed.Outcome} {resumed.Reason}");
        }
        bad.ShouldBeEmpty(string.Join(Environment.NewLine, bad));
    }

    [Fact]
    public async Task What_a_person_declines_does_not_come_about_over_another_tool()
    {
        World world = new();
        WorkflowDefinition workflow = ToolWorkflow(approve: ["shop.stripe"]);
        (await world.RunAsync(workflow)).Outcome.ShouldBe(RunOutcome.Waiting);
        await RunAnswers.AddAsync(world.Store, "run-1", "no");
        await world.ResumeAsync(workflow);
        world.SideEffects.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_look_that_was_out_when_the_process_died_is_made_again()
    {
        WorkflowDefinition workflow = ToolWorkflow();
        var bad = new List<string>();
        World whole = new(idempotent: false); await whole.RunAsync(workflow);
        for (int dies = 2; dies < whole.Store.Entries; dies++)
        {
            World world = new(idempotent: false);
            world.Store.DiesAfter = dies;
            await world.RunAsync(workflow);
            RunResult resumed = await world.ResumeAsync(workflow);
            if (resumed.Outcome != RunOutcome.Succeeded)
                bad.Add($"{dies}: {resumed.Outcome} {resumed.Reason}");
        }
        bad.ShouldBeEmpty(string.Join(Environment.NewLine, bad));
    }

    [Fact]
    public async Task Requires_is_not_met_by_a_tool_that_does_not_declare_it()
    {
        World world = new() { NoMail = true };
        RunResult result = await world.RunAsync(AgentWorkflow(noLesser: true));
        result.Outcome.ShouldBe(RunOutcome.Failed, string.Join("|", world.ToolResults));
    }

    [Fact]
    public async Task A_call_that_answers_after_its_time_does_not_spoil_the_record()
    {
        Func<Task<string>> late = async () => { await Task.Delay(1000, CancellationToken.None); return "late"; };
        World world = new(stripe: late) { RealTime = true };
        WorkflowDefinition w = Workflow(
            Tool("refund", "capability.refund_and_confirm", "then", ("order_id", "A-7")),
            Tool("then", "shop.wait", "done"),
            Done(answer: "{{ refund }}")) with
        {
            Tools = new ToolRules { Graph = Changed(Graph(), "stripe", tool => tool with { Timeout = TimeSpan.FromMilliseconds(200) }) },
        };
        RunResult result = await world.RunAsync(w);
        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        world.SideEffects.ShouldBe(["razorpay", "email"]);
        (await world.ReplayAsync(w)).Mismatch.ShouldBeNull(string.Join(Environment.NewLine, world.Of<RunEvent>().Select(e => e.ToString())));
    }

    [Fact]
    public async Task A_goal_that_had_no_path_at_first_can_be_done_again()
    {
        var registry = new AgentRouter.Tools.Health.ToolHealthRegistry();
        World world = new() { Health = registry };
        WorkflowDefinition workflow = ToolWorkflow(acceptsLesser: true);
        foreach (CapabilityTool tool in Graph().Tools.Where(tool => tool.Name is "email" or "sms"))
            registry.Of(tool).Failed(AgentRouter.Tools.Healing.ToolFailureKind.Gone);
        RunResult result = await world.RunAsync(workflow);
        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        world.Health = new();
        (await world.ReplayAsync(workflow)).Mismatch.ShouldBeNull();
    }

    private static CapabilityGraph Changed(CapabilityGraph graph, string name, Func<CapabilityTool, CapabilityTool> change) =>
        new([.. graph.Tools.Select(tool => tool.Name == name ? change(tool) : tool)], graph.Facts, graph.Goals);

    private static WorkflowDefinition ToolWorkflow(bool acceptsLesser = false, bool noLesser = false, decimal price = 0, ToolRisk risk = ToolRisk.Low, string[]? approve = null) => Workflow(
        Tool("refund", "capability.refund_and_confirm", "done", ("order_id", "A-7")) with { AcceptsLesser = acceptsLesser },
        Done(answer: "{{ refund }}")) with
    {
        Tools = new ToolRules { Graph = Graph(noLesser, price, risk), Approve = approve ?? [] },
    };

    private static WorkflowDefinition AgentWorkflow(bool noLesser = false) => Workflow(
        Agent("work", agent: Def("worker") with { Tools = ["capability.refund_and_confirm"], MaxCalls = 4 }) with { Requires = ["confirmation"] },
        Done(answer: "{{ work }}")) with
    {
        Tools = new ToolRules { Graph = Graph(noLesser) },
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

        public World(bool idempotent = true, Delegate? stripe = null)
        {
            _bench = new Bench(new FakeModel(AnswerAsync)) { Store = Store };
            FakeTools shop = new FakeTools("shop")
                .Add("crm", () => "order A-7", isIdempotent: idempotent)
                .Add("stripe", stripe ?? new Func<string>(string () => throw new ToolException("stripe is down")))
                .Add("wait", async () => { await Task.Delay(2000, CancellationToken.None); return "x"; }, isIdempotent: true)
                .Add("razorpay", () => Effect("razorpay"))
                // it is done, and nobody is told
                .Add("email", () => NoMail ? throw new ToolException("no mail") : Effect("email") is null ? "" : throw new InvalidOperationException("the connection broke"))
                .Add("sms", () => NoMail ? throw new ToolException("no sms") : Effect("sms"))
                .Add("letter", () => Effect("letter"))
                .Add("findStripe", () => Has("stripe"), isIdempotent: idempotent)
                .Add("findRazorpay", () => Has("razorpay"), isIdempotent: idempotent)
                .Add("findMail", () => Has("email"), isIdempotent: idempotent)
                .Add("findLetter", () => Has("letter"), isIdempotent: idempotent);
            _bench.Tools.Add(shop);
        }

        public MortalStore Store { get; } = new();

        public ConcurrentQueue<string> SideEffects { get; } = [];

        public ConcurrentQueue<string> ToolResults { get; } = [];

        public List<AIFunction> Tools { get; } = [];

        public AgentRouter.Tools.Health.ToolHealthRegistry? Health { get => _bench.ToolHealth; set => _bench.ToolHealth = value; }

        public async Task<RunResult> ResumeKeepAsync(WorkflowDefinition workflow) =>
            await (await _bench.Engine().ResumeAsync(workflow, "run-1", streamEvents: false)).Completion;

        public bool RealTime { get => _bench.RealTime; set => _bench.RealTime = value; }

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
