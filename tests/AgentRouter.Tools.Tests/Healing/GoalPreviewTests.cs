using AgentRouter.Expressions;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Health;
using Microsoft.Extensions.Time.Testing;
using static AgentRouter.Tools.Tests.Healing.TestGraphs;

namespace AgentRouter.Tools.Tests.Healing;

public sealed class GoalPreviewTests
{
    private static readonly CapabilityGoal Whole = new("whole", ["refund", "confirmation"]) { Lesser = [new LesserGoal("refunded only", ["refund"])] };

    [Fact]
    public void The_cheapest_way_is_shown_with_its_proof()
    {
        GoalPreview way = GoalPreview.Of(Refund(), Whole);

        way.Tools.Select(tool => tool.Name).ShouldBe(["crm", "stripe", "email"]);
        (way.IsReached, way.Cost, way.LowerBound, way.IsCheapest).ShouldBe((true, 3, 3, true));
        way.Missing.ShouldBeEmpty();
    }

    [Fact]
    public void Without_a_tool_the_way_leads_around_it()
    {
        GoalPreview way = GoalPreview.Of(Refund(), Whole, ["stripe"]);

        way.Tools.Select(tool => tool.Name).ShouldBe(["crm", "razorpay", "email"]);
        way.Cost.ShouldBe(4);
    }

    [Fact]
    public void Where_no_way_is_left_the_lesser_goal_is_shown_and_what_is_missing()
    {
        GoalPreview lesser = GoalPreview.Of(Refund(), Whole, ["email", "sms"]);
        (lesser.IsReached, lesser.Lesser!.Name).ShouldBe((false, "refunded only"));
        lesser.Tools.Select(tool => tool.Name).ShouldBe(["crm", "stripe"]);
        lesser.Missing.ShouldBe(["confirmation"]);

        GoalPreview none = GoalPreview.Of(Refund(), Whole, ["crm"]);
        (none.IsReached, none.Lesser, none.Tools.Count).ShouldBe((false, null, 0));
        none.Missing.ShouldBe(["refund", "confirmation"]);
    }

    [Fact]
    public void The_health_of_tools_counts()
    {
        CapabilityGraph graph = Refund();
        var health = new ToolHealthRegistry(timeProvider: new FakeTimeProvider());
        ToolHealth stripe = health.Of(graph.FindTool("stripe")!);
        for (int i = 0; i < 20; i++)
            stripe.Failed(ToolFailureKind.Broke);

        GoalPreview.Of(graph, Whole, health: health).Tools.Select(tool => tool.Name).ShouldContain("razorpay");
    }

    [Fact]
    public void Only_what_is_given_is_there()
    {
        var graph = new CapabilityGraph([Tool("mail", "confirmation", "address")], [new CapabilityFact("address", DataType.Text)]);
        CapabilityGoal goal = graph.FindGoal("confirmation")!;

        GoalPreview.Of(graph, goal).IsReached.ShouldBeTrue();
        GoalPreview.Of(graph, goal, given: []).IsReached.ShouldBeFalse();
        // what a tool provides is not given unless there is no other way, and what the goal is made of never is
        var both = new CapabilityGraph([Look("crm", "order", "id"), Tool("stripe", "refund", "order")], [new CapabilityFact("id", DataType.Text), new CapabilityFact("order", DataType.Text), new CapabilityFact("refund", DataType.Text)]);
        GoalPreview.Of(both, both.FindGoal("refund")!).Tools.Select(tool => tool.Name).ShouldBe(["crm", "stripe"]);
        GoalPreview.Of(both, both.FindGoal("refund")!, ["crm"]).Tools.Select(tool => tool.Name).ShouldBe(["stripe"]);
        GoalPreview.Of(both, both.FindGoal("refund")!, ["stripe"]).IsReached.ShouldBeFalse();
        Should.Throw<ArgumentException>(() => GoalPreview.Of(graph, new CapabilityGoal("x", ["y"]))).Message.ShouldContain("'y'");
    }
}
