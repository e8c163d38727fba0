using AgentRouter.Expressions;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Healing.Calls;
using AgentRouter.Tools.Healing.Functions;
using AgentRouter.Tools.Health;
using Microsoft.Extensions.AI;
using static AgentRouter.Tools.Tests.Healing.TestGraphs;

namespace AgentRouter.Tools.Tests.Healing.Functions;

public sealed class CapabilityFunctionTests
{
    [Fact]
    public async Task A_model_cannot_say_that_something_is_done_in_the_place_of_a_tool()
    {
        var graph = new CapabilityGraph(
            [Look("crm", "order", "order_id"), Tool("check", "approval", "order"), Tool("stripe", "refund", "order approval")],
            [new CapabilityFact("order_id", DataType.Text), new CapabilityFact("refund", DataType.Text)]);
        var called = new List<string>();
        AIFunction Function(string name) => AIFunctionFactory.Create(() =>
        {
            called.Add(name);
            return $"{name} did it";
        }, name);
        var caller = new FunctionToolCaller(new[] { "crm", "check", "stripe" }.ToDictionary(name => name, Function));
        AIFunction refund = new ToolHealer(graph, new ToolHealthRegistry()).AsAIFunctions(caller).Single(function => function.Name == "capability_refund");

        object? result = await refund.InvokeAsync(new AIFunctionArguments { ["order_id"] = "A-7", ["refund"] = "done", ["approval"] = true });

        called.ShouldBe(["crm", "check", "stripe"]);
        result!.ToString().ShouldBe("stripe did it");
        refund.JsonSchema.GetProperty("properties").EnumerateObject().Select(property => property.Name).ShouldBe(["order_id"]);
    }
}
