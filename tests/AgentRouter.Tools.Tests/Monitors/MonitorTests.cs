using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.Pricing;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Healing.Escalation;
using AgentRouter.Tools.Monitors;
using AgentRouter.Tools.Tests.Healing;
using static AgentRouter.Tools.Tests.Healing.TestGraphs;

namespace AgentRouter.Tools.Tests.Monitors;

public class MonitorTests
{
    private static readonly CapabilityGoal Refunded = new("refund", ["refund"]);

    private readonly ScriptedTools _tools = new();

    private static CapabilityGraph Amounts => new(
        [Tool("stripe", "refund") with { Amount = "amount" }, Tool("razorpay", "refund", cost: 2) with { Amount = "amount" }, Look("note", "note")],
        [new CapabilityFact("amount", DataType.Number)]);

    [Theory]
    [InlineData(9_999, 0)]
    [InlineData(15_000, 1)]
    [InlineData(-15_000, 1)]
    public async Task A_large_amount_is_asked_about(decimal amount, int questions)
    {
        var person = new Decides(new EscalationDecision(EscalationDecisionKind.GoOn, "approved"));

        GoalResult result = await ReachAsync(Amounts, Refunded, amount, person);

        result.Status.ShouldBe(GoalStatus.Reached);
        person.Requests.Count.ShouldBe(questions);
        _tools.Effects.ShouldBe(["stripe"]);
    }

    [Fact]
    public async Task What_a_person_refuses_does_not_come_about_over_another_tool()
    {
        var person = new Decides(new EscalationDecision(EscalationDecisionKind.GiveUp, "too much"));

        GoalResult result = await ReachAsync(Amounts, Refunded with { Lesser = [new LesserGoal("noted", ["note"])] }, 15_000, person);

        result.Status.ShouldBe(GoalStatus.Lesser);
        _tools.Calls.ShouldBe(["note"]);
        result.Reason!.ShouldContain("too much");
    }

    [Fact]
    public async Task A_model_may_not_allow_what_a_person_is_to_be_asked_about()
    {
        var model = new Decides(new EscalationDecision(EscalationDecisionKind.GoOn, "fine with me"));

        GoalResult result = await _tools.ReachAsync(Amounts, Refunded, with: request => request with { Facts = new JsonObject { ["amount"] = 15_000 }, Model = model });

        result.Status.ShouldBe(GoalStatus.Failed);
        _tools.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_model_is_asked_where_there_is_no_person()
    {
        var model = new Decides(new EscalationDecision(EscalationDecisionKind.AskPerson, "not mine to say"));

        GoalResult result = await _tools.ReachAsync(
            Amounts, Refunded, with: request => request with { Facts = new JsonObject { ["amount"] = 15_000 }, Model = model });

        result.Status.ShouldBe(GoalStatus.Failed);
        _tools.Calls.ShouldBeEmpty();
        _tools.Events.OfType<GoalEscalated>().Select(escalated => escalated.To).ShouldBe(["model", "nobody"]);
    }

    [Theory]
    [InlineData("razorpay")]
    [InlineData("bank")]
    public async Task What_was_stopped_for_its_risk_does_not_come_about_over_a_tool_that_a_model_chooses(string tool)
    {
        var choice = new EscalationDecision(EscalationDecisionKind.UseTool, "the other one will do") { Tool = tool, Capability = "refund" };

        GoalResult result = await _tools.ReachAsync(
            Amounts, Refunded with { Lesser = [new LesserGoal("noted", ["note"])] },
            with: request => request with { Facts = new JsonObject { ["amount"] = 15_000 }, Model = new Decides(choice, choice, choice) });

        result.Status.ShouldBe(GoalStatus.Lesser);
        _tools.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_graph_says_of_a_risk_holds_for_a_tool_that_a_model_chooses()
    {
        CapabilityGraph graph = Graph(Tool("email", "confirmation"), Tool("pay", "payment") with { Risk = ToolRisk.High });
        _tools.Always("email", ScriptedTools.Refuses);
        var model = new Decides(new EscalationDecision(EscalationDecisionKind.UseTool, "why not") { Tool = "pay", Capability = "confirmation" });

        GoalResult result = await _tools.ReachAsync(graph, new CapabilityGoal("told", ["confirmation"]), with: request => request with { Model = model });

        result.Status.ShouldBe(GoalStatus.Failed);
        _tools.Effects.ShouldBeEmpty();
        _tools.Events.OfType<ToolInterrupted>().ShouldHaveSingleItem().Tool.ShouldBe("pay+1");
    }

    [Theory]
    [InlineData("users.delete", true)]
    [InlineData("deleteUser", true)]
    [InlineData("delete_user", true)]
    [InlineData("undelete", false)]
    [InlineData("deletedItems.list", false)]
    [InlineData("dropbox.upload", false)]
    public async Task A_tool_whose_name_destroys_something_is_asked_about(string name, bool isAsked)
    {
        await _tools.ReachAsync(Graph(Tool(name, "done")), "done");

        _tools.Calls.Count.ShouldBe(isAsked ? 0 : 1);
        _tools.Events.OfType<ToolInterrupted>().Count().ShouldBe(isAsked ? 1 : 0);
    }

    [Fact]
    public async Task A_tool_that_looks_only_may_be_called_what_it_likes()
    {
        (await _tools.ReachAsync(Graph(Look("delete.preview", "done")), "done")).Status.ShouldBe(GoalStatus.Reached);
    }

    [Fact]
    public async Task The_most_urgent_signal_wins()
    {
        GoalResult result = await _tools.ReachAsync(
            Refund(), Refunded, monitors: [new Says("low", "stripe", 0.91, MonitorAction.Stop), new Says("high", "stripe", 0.97, MonitorAction.Reroute)]);

        result.Status.ShouldBe(GoalStatus.Reached);
        _tools.Effects.ShouldBe(["razorpay"]);
        _tools.Events.OfType<ToolInterrupted>().ShouldHaveSingleItem().Monitor.ShouldBe("high");
    }

    [Fact]
    public async Task A_quiet_monitor_that_is_sure_outbids_one_that_is_not()
    {
        (await _tools.ReachAsync(Refund(), Refunded, monitors: [new Says("stop", "stripe", 0.95, MonitorAction.Stop), new Says("fine", "stripe", 0.99, MonitorAction.None)]))
            .Status.ShouldBe(GoalStatus.Reached);
    }

    [Fact]
    public async Task Signals_below_the_threshold_change_nothing()
    {
        (await _tools.ReachAsync(Refund(), Refunded, monitors: [new Says("low", "stripe", 0.89, MonitorAction.Stop)])).Status.ShouldBe(GoalStatus.Reached);
        _tools.Events.OfType<ToolInterrupted>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_monitor_that_throws_or_hangs_says_nothing()
    {
        (await _tools.ReachAsync(Refund(), Refunded, monitors: [new Breaks(), new Hangs()])).Status.ShouldBe(GoalStatus.Reached);
    }

    [Fact]
    public async Task Words_that_speak_of_another_goal_are_asked_about()
    {
        var intent = new IntentMonitor(new Dictionary<string, IReadOnlyList<string>> { ["refund"] = ["refund", "money back"], ["cancel"] = ["cancel my order"] });

        (await _tools.ReachAsync(Refund(), Refunded, monitors: [intent], with: request => request with { Intent = "I want my MONEY BACK, please" })).Status.ShouldBe(GoalStatus.Reached);
        (await _tools.ReachAsync(Refund(), Refunded, monitors: [intent], with: request => request with { Intent = "Hello" })).Status.ShouldBe(GoalStatus.Reached);
        (await _tools.ReachAsync(Refund(), Refunded, monitors: [intent], with: request => request with { Intent = "please cancel my order" })).Status.ShouldBe(GoalStatus.Failed);
    }

    [Fact]
    public async Task What_memory_advises_against_is_gone_around()
    {
        var memory = new MemoryMonitor((context, _) => new(context.Tool.Name == "stripe" ? "it failed for this customer yesterday" : null));

        await _tools.ReachAsync(Refund(), Refunded, monitors: [memory]);

        _tools.Effects.ShouldBe(["razorpay"]);
    }

    [Fact]
    public async Task Calls_that_satisfy_nothing_are_escalated()
    {
        CapabilityTool[] tools = [.. Enumerable.Range(0, 8).Select(i => Look("t" + i, "x"))];
        foreach (CapabilityTool tool in tools[..7])
            _tools.Always(tool.Name, ScriptedTools.Refuses);
        var model = new Decides(new EscalationDecision(EscalationDecisionKind.GoOn, "one more"), new EscalationDecision(EscalationDecisionKind.GiveUp, "hopeless"));

        GoalResult result = await _tools.ReachAsync(new CapabilityGraph(tools), new CapabilityGoal("goal", ["x"]), monitors: [new ProgressMonitor(3)], with: request => request with { Model = model });

        model.Requests.Count.ShouldBeGreaterThanOrEqualTo(2);
        result.Attempts.Count.ShouldBeLessThan(8);
    }

    [Fact]
    public async Task A_budget_that_is_nearly_used_up_is_kept_for_the_answer()
    {
        var ledger = new BudgetLedger(new Budget { Steps = 100 });
        ledger.TryReserve(new BudgetAmount(Money.Zero, 0, 0, 97), out _, out _, SpendPurpose.WrapUp).ShouldBeTrue();

        GoalResult result = await _tools.ReachAsync(
            Refund(), new CapabilityGoal("goal", ["confirmation"]) { Lesser = [new LesserGoal("nothing is done", [])] }, with: request => request with { Ledger = ledger });

        result.Status.ShouldBe(GoalStatus.Lesser);
        _tools.Calls.ShouldBeEmpty();
    }

    private Task<GoalResult> ReachAsync(CapabilityGraph graph, CapabilityGoal goal, decimal amount, IHealingEscalation person) =>
        _tools.ReachAsync(graph, goal, with: request => request with { Facts = new JsonObject { ["amount"] = amount }, Person = person });

    private sealed class Says(string name, string tool, double priority, MonitorAction action) : IToolMonitor
    {
        public string Name => name;

        public ValueTask<MonitorSignal> ObserveAsync(MonitorContext context, CancellationToken cancellationToken) =>
            new(context.Tool.Name == tool ? new MonitorSignal(priority, action, name) : MonitorSignal.Quiet);
    }

    private sealed class Breaks : IToolMonitor
    {
        public string Name => "breaks";

        public ValueTask<MonitorSignal> ObserveAsync(MonitorContext context, CancellationToken cancellationToken) => throw new InvalidOperationException("broken");
    }

    private sealed class Hangs : IToolMonitor
    {
        public string Name => "hangs";

        public async ValueTask<MonitorSignal> ObserveAsync(MonitorContext context, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return MonitorSignal.Quiet;
        }
    }
}
