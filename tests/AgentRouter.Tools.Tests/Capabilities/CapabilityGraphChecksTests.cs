using AgentRouter.Expressions;
using AgentRouter.Tools.Capabilities;
using static AgentRouter.Tools.Tests.Healing.TestGraphs;

namespace AgentRouter.Tools.Tests.Capabilities;

public sealed class CapabilityGraphChecksTests
{
    [Fact]
    public void Tools_that_wait_for_each_other_are_found_beside_other_mistakes()
    {
        string[] problems = Find([Tool("a", "x", "y"), Tool("b", "y", "x nowhere"), Tool("c", "z", cost: -1)], [new CapabilityGoal("both", ["x", "nothing"])]);

        problems.ShouldBe([
            "Tool 'b' needs 'nowhere', which no tool provides and which is no fact of the graph.",
            "The cost of tool 'c' is -1; it must be a number from 0.",
            "Goal 'both' needs 'nothing', which no tool provides.",
            "The tools 'a', 'b' wait for each other, so none of them can ever run. Let another tool or a fact provide what one of them needs.",
            "Goal 'both' can never be reached: x cannot be provided.",
        ]);
    }

    [Fact]
    public void What_nobody_provides_is_said_once() =>
        Find([Tool("a", "x", "nowhere"), Tool("b", "y", "x")], [new CapabilityGoal("y", ["y"])]).ShouldBe(["Tool 'a' needs 'nowhere', which no tool provides and which is no fact of the graph."]);

    [Fact]
    public void A_check_without_a_type_that_its_answer_must_have_is_odd()
    {
        CapabilityTool pay = Tool("pay", "payment") with { Check = "find" };
        var graph = new CapabilityGraph([pay, Look("find", "found")]);

        GraphProblem problem = graph.Problems.ShouldHaveSingleItem();
        problem.IsWarning.ShouldBeTrue();
        problem.Message.ShouldStartWith("Tool 'pay' has a check and says nothing of its result");
        new CapabilityGraph([pay with { Result = DataType.Text }, Look("find", "found")]).Problems.ShouldBeEmpty();
    }

    private static string[] Find(CapabilityTool[] tools, CapabilityGoal[] goals) => [.. CapabilityGraphChecks.Find(tools, [], goals).Select(problem => problem.Message)];
}
