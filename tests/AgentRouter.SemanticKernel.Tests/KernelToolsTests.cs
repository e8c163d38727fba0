using System.Text.Json;
using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.Testing;
using AgentRouter.Tools;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Nodes.End;
using AgentRouter.Workflows.Nodes.Tool;
using Microsoft.SemanticKernel;

namespace AgentRouter.SemanticKernel.Tests;

public sealed class KernelToolsTests
{
    private readonly Kernel _kernel = new();

    public KernelToolsTests() => _kernel.Plugins.AddFromType<KernelFixture.MathPlugin>("math");

    [Fact]
    public async Task A_plugin_is_a_tool_for_nodes_and_for_agents()
    {
        var host = new WorkflowTestHost(Workflow("math.add", ("a", 2.5), ("b", 3)))
        {
            Tools = { _kernel.AsToolSource("math") },
            Script = TestScript.For().When(call: 1).Calls("math.divide", new { a = 7, b = 2 }).When(call: 2, lastResultContains: "3").Says("three"),
        };

        TestRun run = await host.RunAsync();

        run.ShouldHaveEnded(RunOutcome.Succeeded).ShouldHaveAnswered("5.5 three")
            .ShouldHaveCalledTool("math.add", times: 1).ShouldHaveCalledTool("math.divide", times: 1).LedgerShouldBalance();
    }

    [Fact]
    public void Its_tools_are_described()
    {
        IToolSource source = _kernel.AsToolSources().ShouldHaveSingleItem();

        source.Name.ShouldBe("math");
        ToolDescription add = source.Descriptions!.Single(tool => tool.FullName == "math.add");
        add.Description.ShouldBe("Adds two numbers.");
        add.FunctionName.ShouldBe("math_add");
        add.Parameters.ShouldBe(["a", "b"]);
        add.RequiredParameters.ShouldBe(["a", "b"]);
        add.ResultType.ShouldBe(DataType.Number);
    }

    [Theory]
    [InlineData("""{ "a": 1 }""", "math.add", "b")]
    [InlineData("""{ "a": 1, "b": "many" }""", "math.add", "many")]
    [InlineData("""{ "a": 1, "b": 0 }""", "math.divide", "b is 0")]
    public async Task A_call_that_cannot_be_made_tells_the_model_why(string arguments, string tool, string message)
    {
        await using IToolSession session = await _kernel.AsToolSource("math").OpenAsync(new ToolContext { RunId = "run-1" });
        OpenTool open = session.Tools.Single(found => found.Description.FullName == tool);
        var given = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;

        (await Should.ThrowAsync<ToolException>(async () => await open.Function.InvokeAsync(new(given)))).Message.ShouldContain(message);
    }

    [Fact]
    public async Task Filters_of_the_kernel_see_the_calls()
    {
        var filter = new CountingFilter();
        _kernel.FunctionInvocationFilters.Add(filter);
        var host = new WorkflowTestHost(Workflow("math.add", ("a", 1), ("b", 1))) { Tools = { _kernel.AsToolSource("math") }, Script = TestScript.For().Always().Says("x") };

        await host.RunAsync();

        filter.Seen.ShouldBe(["add"]);
    }

    [Fact]
    public void A_plugin_that_is_not_there_is_named_with_those_that_are() =>
        Should.Throw<ArgumentException>(() => _kernel.AsToolSource("maths")).Message.ShouldContain("no plugin 'maths'; it has math");

    private static WorkflowDefinition Workflow(string tool, params (string Name, double Value)[] arguments) => new()
    {
        Name = "sum",
        Nodes =
        [
            new ToolNode { Name = "sum", Tool = tool, Arguments = arguments.ToDictionary(argument => argument.Name, argument => (object?)argument.Value), Next = [new("ask", null, default)] },
            new AgentNode
            {
                Name = "ask",
                Agent = new AgentDefinition { Name = "a", Instructions = Text("You divide."), Tools = ["math"] },
                Prompt = Text("Divide."),
                Next = [new("done", null, default)],
            },
            new EndNode { Name = "done", Outcome = RunOutcome.Succeeded, Answer = Text("{{ sum }} {{ ask }}") },
        ],
    };

    private static Template Text(string text) => Template.Parse(text, ExpressionNames.Unchecked);

    private sealed class CountingFilter : IFunctionInvocationFilter
    {
        public List<string> Seen { get; } = [];

        public Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
        {
            Seen.Add(context.Function.Name);
            return next(context);
        }
    }
}
