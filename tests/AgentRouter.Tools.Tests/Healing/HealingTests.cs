using System.Text.Json.Nodes;
using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Healing.Calls;
using AgentRouter.Tools.Healing.Escalation;
using static AgentRouter.Tools.Tests.Healing.TestGraphs;

namespace AgentRouter.Tools.Tests.Healing;

public class HealingTests
{
    private readonly ScriptedTools _tools = new();

    [Fact]
    public async Task A_goal_is_reached_over_the_cheapest_path()
    {
        GoalResult result = await _tools.ReachAsync(Refund(), "confirmation");

        result.Status.ShouldBe(GoalStatus.Reached);
        _tools.Calls.ShouldBe(["crm", "stripe", "email"]);
        _tools.Events.OfType<ToolPathPlanned>().ShouldHaveSingleItem().Cost.ShouldBe(3);
        result.Facts["refund"]!.GetValue<string>().ShouldBe("stripe did it");
    }

    [Fact]
    public async Task A_tool_that_is_down_is_gone_around_from_where_the_work_stands()
    {
        _tools.Always("stripe", ScriptedTools.Refuses).Always("email", ScriptedTools.Refuses);

        GoalResult result = await _tools.ReachAsync(Refund(), "confirmation");

        result.Status.ShouldBe(GoalStatus.Reached);
        _tools.Calls.ShouldBe(["crm", "stripe", "razorpay", "email", "sms"]);
        _tools.Effects.ShouldBe(["razorpay", "sms"]);
        ToolRerouted[] reroutes = [.. _tools.Events.OfType<ToolRerouted>()];
        reroutes.Select(reroute => reroute.Tool).ShouldBe(["stripe", "email"]);
        reroutes[0].Path.ShouldBe(["razorpay", "email"]);
        reroutes[0].WeightBefore.ShouldBe(1);
        reroutes[0].WeightAfter.ShouldBeNull();
    }

    [Fact]
    public async Task A_failure_that_may_pass_is_tried_again_only_where_the_way_around_is_dearer()
    {
        _tools.On("stripe", ScriptedTools.Down);
        (await _tools.ReachAsync(Refund(), "refund")).Status.ShouldBe(GoalStatus.Reached);
        _tools.Calls.ShouldBe(["crm", "stripe", "razorpay"]);

        var others = new ScriptedTools();
        others.On("stripe", ScriptedTools.Down);
        await others.ReachAsync(Refund(tool => tool.Name == "razorpay" ? tool with { Cost = 50 } : tool), "refund");
        others.Calls.ShouldBe(["crm", "stripe", "stripe"]);
        others.Events.OfType<ToolRerouted>().ShouldHaveSingleItem().Path.ShouldBe(["stripe"]);
    }

    [Fact]
    public async Task All_branches_of_a_goal_are_run()
    {
        CapabilityGraph graph = Graph(Look("image", "image_ok"), Look("text", "text_ok"), Look("history", "history_ok"), Look("video", "video_ok"));

        GoalResult result = await _tools.ReachAsync(graph, "image_ok", "text_ok", "history_ok");

        result.Status.ShouldBe(GoalStatus.Reached);
        _tools.Calls.Order().ShouldBe(["history", "image", "text"]);
    }

    [Fact]
    public async Task A_failed_branch_leaves_what_its_siblings_did_in_place()
    {
        CapabilityGraph graph = Graph(Look("image", "image_ok"), Look("text", "text_ok"), Look("text2", "text_ok", cost: 2), Tool("act", "done", "image_ok text_ok"));
        _tools.Always("text", ScriptedTools.Refuses);

        (await _tools.ReachAsync(graph, "done")).Status.ShouldBe(GoalStatus.Reached);

        _tools.Calls.Count(call => call == "image").ShouldBe(1);
        _tools.Effects.ShouldBe(["act"]);
    }

    [Fact]
    public async Task The_best_lesser_goal_that_can_be_reached_is()
    {
        _tools.Always("email", ScriptedTools.Refuses).Always("sms", ScriptedTools.Refuses);
        var goal = new CapabilityGoal("refund-and-confirm", ["refund", "confirmation"])
        {
            Lesser = [new LesserGoal("refunded, to be confirmed by hand", ["refund"]), new LesserGoal("looked up", ["order"])],
        };

        GoalResult result = await _tools.ReachAsync(Refund(), goal);

        result.Status.ShouldBe(GoalStatus.Lesser);
        result.Lesser.ShouldBe("refunded, to be confirmed by hand");
        result.Missing.ShouldBe(["confirmation"]);
        _tools.Effects.ShouldBe(["stripe"]);
        _tools.Events.OfType<GoalDemoted>().ShouldHaveSingleItem().Reason.ShouldContain("sms refuses");
    }

    [Fact]
    public async Task What_a_lesser_goal_does_not_want_is_taken_back()
    {
        CapabilityGraph graph = Graph(
            Tool("flight", "flight"), Tool("hotel", "hotel", "flight") with { Undo = "cancelHotel" }, Tool("cancelHotel", "hotel_cancelled", effect: ToolEffect.Repeatable),
            Tool("car", "car", "hotel"));
        _tools.Always("car", ScriptedTools.Refuses);

        GoalResult result = await _tools.ReachAsync(graph, new CapabilityGoal("trip", ["flight", "hotel", "car"]) { Lesser = [new LesserGoal("flight only", ["flight"])] });

        result.Lesser.ShouldBe("flight only");
        _tools.Effects.ShouldBe(["flight", "hotel", "cancelHotel"]);
        ToolUndone undone = _tools.Events.OfType<ToolUndone>().ShouldHaveSingleItem();
        undone.Tool.ShouldBe("hotel");
        undone.Succeeded.ShouldBeTrue();
        result.Facts.ContainsKey("hotel").ShouldBeFalse();
        result.LeftBehind.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_goal_without_any_way_left_fails_and_says_what_is_left_behind()
    {
        _tools.Always("email", ScriptedTools.Refuses).Always("sms", ScriptedTools.Refuses);

        GoalResult result = await _tools.ReachAsync(Refund(), "confirmation");

        result.Status.ShouldBe(GoalStatus.Failed);
        result.Reason!.ShouldContain("sms refuses");
        result.LeftBehind.ShouldBe(["stripe"]);
        _tools.Events.OfType<GoalEscalated>().ShouldHaveSingleItem().To.ShouldBe("nobody");
    }

    [Fact]
    public async Task A_call_that_may_have_taken_effect_keeps_another_tool_from_doing_it_again()
    {
        _tools.On("stripe", _tools.DiesAfter);

        GoalResult result = await _tools.ReachAsync(Refund(), "refund");

        result.Status.ShouldBe(GoalStatus.Failed);
        _tools.Effects.ShouldBe(["stripe"]);
        _tools.Events.OfType<ToolDoubtSettled>().ShouldHaveSingleItem().Verdict.ShouldBe("unknown");
        result.LeftBehind.ShouldBe(["stripe"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_check_finds_out_whether_a_failed_call_took_effect(bool tookEffect)
    {
        CapabilityGraph graph = Graph(
            Tool("stripe", "refund") with { Check = "findRefund" }, Tool("razorpay", "refund", cost: 2), Look("findRefund", "refund_found"));
        _tools.On("stripe", tookEffect ? _tools.DiesAfter : ScriptedTools.Breaks, tookEffect ? _tools.DiesAfter : ScriptedTools.Breaks)
            .Always("findRefund", _ => ToolCallResult.Done(tookEffect ? new JsonObject { ["id"] = 7 } : JsonValue.Create(false)));

        GoalResult result = await _tools.ReachAsync(graph, "refund");

        result.Status.ShouldBe(GoalStatus.Reached);
        _tools.Effects.Count.ShouldBe(1);
        _tools.Events.OfType<ToolDoubtSettled>().First().Verdict.ShouldBe(tookEffect ? "done" : "notDone");
        if (tookEffect)
            result.Facts["refund"]!["id"]!.GetValue<int>().ShouldBe(7);
    }

    [Fact]
    public async Task A_repeatable_call_is_made_again_with_the_same_key()
    {
        CapabilityGraph graph = Graph(Tool("stripe", "refund", effect: ToolEffect.Repeatable), Tool("razorpay", "refund", cost: 1.1, effect: ToolEffect.Repeatable));
        _tools.On("stripe", _tools.DiesAfter);

        GoalResult result = await _tools.ReachAsync(graph, "refund");

        result.Status.ShouldBe(GoalStatus.Reached);
        _tools.Calls.ShouldBe(["stripe", "stripe"]);
        _tools.Effects.ShouldBe(["stripe"]);
        _tools.Sent.Select(call => call.IdempotencyKey).Distinct().Count().ShouldBe(1);
        _tools.Sent.Select(call => call.CallId).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task What_nobody_knows_is_undone_before_another_tool_does_it()
    {
        CapabilityGraph graph = Graph(
            Tool("stripe", "refund") with { Undo = "cancel" }, Tool("razorpay", "refund", cost: 2), Tool("cancel", "cancelled", effect: ToolEffect.Repeatable));
        _tools.Always("stripe", _tools.DiesAfter);

        GoalResult result = await _tools.ReachAsync(graph, "refund");

        result.Status.ShouldBe(GoalStatus.Reached);
        _tools.Effects.Last().ShouldBe("razorpay");
        _tools.Effects.Count(effect => effect == "stripe").ShouldBe(_tools.Effects.Count(effect => effect == "cancel"));
    }

    [Fact]
    public async Task A_person_who_knows_settles_a_doubt()
    {
        _tools.On("stripe", _tools.DiesAfter);
        var person = new Decides(new EscalationDecision(EscalationDecisionKind.Done, "I see it in the account"));

        GoalResult result = await _tools.ReachAsync(Refund(), new CapabilityGoal("goal", ["refund"]), with: request => request with { Person = person });

        result.Status.ShouldBe(GoalStatus.Reached);
        _tools.Effects.ShouldBe(["stripe"]);
        person.Requests.ShouldHaveSingleItem().Reason.ShouldBe(EscalationReason.Doubt);
    }

    [Fact]
    public async Task A_model_is_asked_only_when_no_path_is_left_and_may_choose_another_tool()
    {
        _tools.Always("email", ScriptedTools.Refuses).Always("sms", ScriptedTools.Refuses);
        var model = new Decides(new EscalationDecision(EscalationDecisionKind.UseTool, "a letter does it") { Tool = "letter", Capability = "confirmation", Arguments = new JsonObject { ["text"] = "refunded" } });

        GoalResult result = await _tools.ReachAsync(Refund(), new CapabilityGoal("goal", ["confirmation"]), with: request => request with { Model = model });

        result.Status.ShouldBe(GoalStatus.Lesser);
        result.Lesser.ShouldBe("confirmation by letter, which does not declare it");
        result.Missing.ShouldBeEmpty();
        _tools.Effects.ShouldBe(["stripe", "letter+1"]);
        _tools.Sent.Last().Arguments["text"]!.GetValue<string>().ShouldBe("refunded");
        EscalationRequest asked = model.Requests.ShouldHaveSingleItem();
        asked.Missing.ShouldBe(["confirmation"]);
        asked.Attempts.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Models_that_talk_nonsense_end_in_a_failure()
    {
        _tools.Always("crm", ScriptedTools.Refuses);
        var model = new Decides(
            new EscalationDecision(EscalationDecisionKind.UseTool, "") { Tool = "crm", Capability = "weather" }, new EscalationDecision(EscalationDecisionKind.UseTool, ""), null);

        GoalResult result = await _tools.ReachAsync(Refund(), new CapabilityGoal("goal", ["order"]), with: request => request with { Model = model });

        result.Status.ShouldBe(GoalStatus.Failed);
        model.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_result_that_is_not_what_was_promised_is_a_failure_of_the_tool()
    {
        CapabilityGraph graph = Graph(
            Look("liar", "order") with { Result = new DataType.Object(new Dictionary<string, DataType> { ["id"] = DataType.Number }) },
            Look("empty", "order", cost: 2) with { IsResultPromised = true },
            Look("honest", "order", cost: 3));
        _tools.Always("liar", _tools.Returns(new JsonObject { ["id"] = "seven" })).Always("empty", _tools.Returns(new JsonArray()));

        (await _tools.ReachAsync(graph, "order")).Status.ShouldBe(GoalStatus.Reached);

        _tools.Events.OfType<ToolRerouted>().Select(reroute => reroute.Failure).ShouldContain("wrongResult");
        _tools.Events.OfType<ToolRerouted>().Select(reroute => reroute.Failure).ShouldContain("emptyResult");
        _tools.Calls.Last().ShouldBe("honest");
    }

    [Fact]
    public async Task An_error_that_a_tool_returns_as_its_result_is_a_failure()
    {
        _tools.Always("stripe", _ => ToolCallResult.Done(new JsonObject { ["error"] = "card expired" }));

        (await _tools.ReachAsync(Refund(), "refund")).Status.ShouldBe(GoalStatus.Reached);

        _tools.Events.OfType<ToolRerouted>().ShouldHaveSingleItem().Message.ShouldBe("card expired");
        _tools.Effects.ShouldBe(["razorpay"]);
    }

    [Fact]
    public async Task A_tool_that_is_not_there_is_on_no_path()
    {
        _tools.Absent.Add("stripe");

        await _tools.ReachAsync(Refund(), "refund");

        _tools.Calls.ShouldBe(["crm", "razorpay"]);
    }

    [Fact]
    public async Task A_tool_that_provides_what_another_did_is_not_called_for_something_else()
    {
        CapabilityGraph graph = Graph(
            Tool("stripe", "refund"), Tool("email", "confirmation", "refund"), Tool("both", "refund confirmation", cost: 9));
        _tools.Always("email", ScriptedTools.Refuses);

        GoalResult result = await _tools.ReachAsync(graph, "refund", "confirmation");

        result.Status.ShouldBe(GoalStatus.Failed);
        _tools.Effects.ShouldBe(["stripe"]);
    }

    [Fact]
    public async Task No_path_leads_over_two_tools_with_the_same_effect()
    {
        CapabilityGraph graph = Graph(Tool("ab", "a b"), Tool("bc", "b c"), Tool("a", "a", cost: 10), Tool("c", "c", cost: 5));

        (await _tools.ReachAsync(graph, "a", "c")).Status.ShouldBe(GoalStatus.Reached);

        _tools.Calls.Order().ShouldBe(["ab", "c"]);
    }

    [Fact]
    public async Task The_argument_of_a_call_comes_from_the_facts()
    {
        CapabilityGraph graph = new(
            [
                Look("crm", "order", "order_id") with { Arguments = new Dictionary<string, object> { ["id"] = Template.Parse("{{ order_id }}", ExpressionNames.Unchecked) } },
                Tool("stripe", "refund", "order") with { Arguments = new Dictionary<string, object> { ["amount"] = Template.Parse("{{ order.total }}", ExpressionNames.Unchecked) } },
            ],
            [new CapabilityFact("order_id", DataType.Text)]);
        _tools.Always("crm", _tools.Returns(new JsonObject { ["total"] = 12.5 }));

        await _tools.ReachAsync(graph, new CapabilityGoal("goal", ["refund"]), with: request => request with { Facts = new JsonObject { ["order_id"] = "A-7" } });

        _tools.Sent[0].Arguments["id"]!.GetValue<string>().ShouldBe("A-7");
        _tools.Sent[1].Arguments["amount"]!.GetValue<double>().ShouldBe(12.5);
    }

    [Fact]
    public async Task A_goal_that_only_fails_ends()
    {
        CapabilityTool[] tools = [.. Enumerable.Range(0, 60).Select(i => Look("t" + i, "x") with { Attempts = 10 })];
        foreach (CapabilityTool tool in tools)
            _tools.Always(tool.Name, ScriptedTools.Down);

        GoalResult result = await _tools.ReachAsync(new CapabilityGraph(tools), new CapabilityGoal("goal", ["x"]), monitors: []);

        result.Status.ShouldBe(GoalStatus.Failed);
        result.Attempts.Count.ShouldBe(30);
    }

    [Fact]
    public async Task Each_failure_ends_in_one_event()
    {
        _tools.Always("stripe", ScriptedTools.Refuses).Always("email", ScriptedTools.Refuses).Always("sms", ScriptedTools.Refuses);
        var goal = new CapabilityGoal("goal", ["confirmation"]) { Lesser = [new LesserGoal("refunded", ["refund"])] };

        GoalResult result = await _tools.ReachAsync(Refund(), goal);

        int failures = result.Attempts.Count(attempt => attempt.Failure is not null);
        _tools.Events.Count(happened => happened is ToolRerouted or GoalDemoted or GoalEscalated).ShouldBe(failures);
    }

    [Fact]
    public async Task Cancelling_waits_for_what_is_out()
    {
        using var source = new CancellationTokenSource();
        _tools.On("crm", call =>
        {
            source.Cancel();
            return ToolCallResult.Done("order");
        });

        await Should.ThrowAsync<OperationCanceledException>(() => _tools.ReachAsync(Refund(), new CapabilityGoal("goal", ["refund"]), cancellationToken: source.Token));

        _tools.Effects.ShouldBeEmpty();
    }
}
