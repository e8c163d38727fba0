using System.ComponentModel;
using System.Text.Json;
using AgentRouter.Expressions;
using AgentRouter.Pricing;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Capabilities.Import;
using AgentRouter.Tools.Functions;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Healing.Calls;
using AgentRouter.Tools.Health;
using Microsoft.Extensions.AI;

namespace AgentRouter.Tools.Tests.Capabilities.Import;

public sealed class CapabilityImportTests
{
    [Fact]
    public void A_function_provides_its_name_and_needs_its_required_parameters()
    {
        CapabilityImport import = CapabilityImport.FromFunctions([AIFunctionFactory.Create(
            ([Description("Where to.")] string address, double weight, int copies = 1) => "sent", "send", "Sends a parcel.")]);

        CapabilityTool send = import.Graph.Tools.ShouldHaveSingleItem();
        (send.Name, send.Tool, send.Effect, send.Risk).ShouldBe(("send", "send", ToolEffect.Once, ToolRisk.Low));
        send.Provides.ShouldBe(["send"]);
        send.Needs.ShouldBe(["address", "weight"]);
        send.Result.ShouldBe(DataType.Text);
        import.Graph.Facts.ShouldBe([new CapabilityFact("address", DataType.Text, "Where to."), new CapabilityFact("weight", DataType.Number)]);
        import.Graph.DescriptionOf(import.Graph.FindGoal("send")!).ShouldBe("Sends a parcel.");
        import.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void Attributes_say_what_a_method_provides_and_where_its_parameters_come_from()
    {
        CapabilityImport import = CapabilityImport.FromFunctions(Shop());
        CapabilityTool stripe = import.Graph.FindTool("stripe").ShouldNotBeNull();

        import.Notes.ShouldBeEmpty();
        stripe.Provides.ShouldBe(["refund"]);
        stripe.Needs.ShouldBe(["approval", "order", "amount"]);
        stripe.Arguments["charge"].ShouldBeOfType<Template>().Text.ShouldBe("{{ order.charge }}");
        (stripe.Cost, stripe.Effect, stripe.Risk, stripe.Amount, stripe.Undo, stripe.Attempts, stripe.CallsPerMinute, stripe.IsResultPromised)
            .ShouldBe((2, ToolEffect.Once, ToolRisk.Medium, "amount", "cancel", 3, 60, true));
        stripe.Price.ShouldBe(Money.FromUsd(0.5m));
        stripe.Timeout.ShouldBe(TimeSpan.FromSeconds(5));
        import.Graph.Facts.Select(fact => fact.Name).ShouldBe(["order_id", "approval", "order", "amount", "text"]);
    }

    [Fact]
    public async Task A_graph_of_methods_reaches_a_goal()
    {
        AIFunction[] functions = [.. Shop()];
        CapabilityGraph graph = CapabilityImport.FromFunctions(functions).Graph;
        var healer = new ToolHealer(graph, new ToolHealthRegistry());

        GoalResult result = await healer.ReachAsync(new GoalRequest(graph.FindGoal("refund")!, new FunctionToolCaller(functions.ToDictionary(function => function.Name)))
        {
            Key = "k",
            Facts = new() { ["order_id"] = "A-7", ["amount"] = 5, ["approval"] = true },
        });

        result.Status.ShouldBe(GoalStatus.Reached);
        result.Facts["refund"]!.ToString().ShouldBe("refunded ch-A-7");
    }

    [Fact]
    public void Hints_say_what_a_tool_does_to_the_world()
    {
        CapabilityImport import = CapabilityImport.FromFunctions([
            Hinted("look", ToolTraits.ReadOnlyKey), Hinted("set", ToolTraits.IdempotentKey), Hinted("drop", ToolTraits.DestructiveKey), Hinted("add"),
        ]);

        import.Graph.Tools.Select(tool => (tool.Name, tool.Effect, tool.Risk)).ShouldBe([
            ("look", ToolEffect.None, ToolRisk.Low), ("set", ToolEffect.Repeatable, ToolRisk.Low), ("drop", ToolEffect.Once, ToolRisk.High), ("add", ToolEffect.Once, ToolRisk.Low),
        ]);
    }

    [Fact]
    public void Fields_of_results_are_capabilities_of_tools_that_change_nothing()
    {
        const string order = """{ "type": "object", "properties": { "invoice": { "type": "string" }, "id": { "type": "string" }, "gift": { "type": "boolean" } }, "required": ["invoice", "id"] }""";
        CapabilityImport import = CapabilityImport.FromFunctions([Hinted("look", ToolTraits.ReadOnlyKey, order), Hinted("place", null, order)]);

        import.Graph.FindTool("look")!.Provides.ShouldBe(["look", "invoice"]);
        import.Graph.FindTool("look")!.Result.ShouldBeOfType<DataType.Object>().Fields.Keys.ShouldBe(["invoice", "id"]);
        import.Graph.FindTool("place")!.Provides.ShouldBe(["place"]);
        import.Notes.ShouldBe(["'place' has an effect, so it is not called to learn what it returns: invoice."]);
        CapabilityImport.FromFunctions([Hinted("place", null, order)], new CapabilityImportOptions { UsesResultFieldsOfEffects = true }).Graph.Capabilities.ShouldBe(["place", "invoice"]);
        CapabilityImport.FromFunctions([Hinted("look", ToolTraits.ReadOnlyKey, order)], new CapabilityImportOptions { UsesResultFields = false }).Graph.Capabilities.ShouldBe(["look"]);
    }

    [Fact]
    public void Tools_of_several_sources_that_declare_one_capability_provide_it_both()
    {
        OpenTool Open(string name) => new(new ToolDescription(name, "Sends it.", DataType.Any) { Capability = "message" }, AIFunctionFactory.Create((string text) => text, name.Replace('.', '_')));

        CapabilityGraph graph = CapabilityImport.FromTools([Open("mcp.mail.send"), Open("mcp.chat.post")]).Graph;

        graph.Capabilities.ShouldBe(["message"]);
        graph.Tools.Select(tool => tool.Tool).ShouldBe(["mcp.mail.send", "mcp.chat.post"]);
    }

    [Fact]
    public void What_is_odd_is_noted_and_the_rest_is_there()
    {
        CapabilityImport import = CapabilityImport.FromFunctions([
            AIFunctionFactory.Create(() => 1, "good"),
            AIFunctionFactory.Create(() => 2, "good"),
            new Odd("broken", () => throw new InvalidOperationException("no schema today")),
            new Odd(new string('x', 300), () => "{}"),
            new Odd("strange", () => """{ "properties": [1], "required": { "a": 1 } }"""),
            new Odd("number", () => """{ "type": "object", "properties": { "size_of": { "type": "number" } }, "required": ["size_of"] }"""),
            new Odd("text", () => """{ "type": "object", "properties": { "size_of": { "type": "string" } }, "required": ["size_of"] }"""),
            new Odd("\u0007bell", () => "{}"),
            AIFunctionFactory.Create([Provides(Undo = "gone", Cost = -1)] () => 1, "wrong"),
            AIFunctionFactory.Create([Provides(Undo = "gone", Usd = -1, TimeoutSeconds = 1e9)] () => 1, "half"),
            AIFunctionFactory.Create(([Needs("a", "b")] string one, [Needs("a..b")] string two) => 1, "paths"),
        ]);

        import.Graph.Tools.Select(tool => tool.Name).ShouldBe(["good", "strange", "number", "text", "half", "paths"]);
        import.Graph.Facts.Single(fact => fact.Name == "size_of").Type.ShouldBe(DataType.Any);
        string notes = string.Join('\n', import.Notes);
        notes.ShouldContain("There are two tools named 'good'; the second is left out.");
        notes.ShouldContain("'broken' is left out, since what it says of itself cannot be read: no schema today");
        notes.ShouldContain("'size_of' is number for one tool and text for 'text'; its type is not checked.");
        notes.ShouldContain("'wrong' is left out: The cost of tool 'wrong' is -1");
        notes.ShouldContain("The undo of 'half' is 'gone'");
        notes.ShouldContain("The price of 'half' is no amount of dollars");
        notes.ShouldContain("What 'paths' needs cannot be read: 'a..b'");
        notes.ShouldNotContain("\u0007");
    }

    [Fact]
    public async Task A_source_that_cannot_be_opened_is_noted()
    {
        var shop = new FunctionToolSource("shop", [AIFunctionFactory.Create(() => 1, "buy")]);

        CapabilityImport import = await CapabilityImport.FromSourcesAsync([new Closed(), shop], new ToolContext { RunId = "run-1" });

        import.Graph.Tools.ShouldHaveSingleItem().Tool.ShouldBe("shop.buy");
        import.Notes.ShouldBe(["The tools of 'mcp.gone' are not in the graph: nobody answers"]);
    }

    [Fact]
    public void A_registry_of_thousands_of_tools_is_imported_in_a_moment()
    {
        CapabilityImport import = CapabilityImport.FromFunctions(Enumerable.Range(0, 3_000).Select(i =>
            new Odd($"t{i}", () => $$"""{ "type": "object", "properties": { "p{{i % 50}}": { "type": "string" } }, "required": ["p{{i % 50}}"] }""")));

        import.Graph.Tools.Count.ShouldBe(3_000);
    }

    private static IEnumerable<AIFunction> Shop() =>
    [
        AIFunctionFactory.Create([Provides("order", Effect = ToolEffect.None)] (string order_id) => new Order($"ch-{order_id}", 5), "crm"),
        AIFunctionFactory.Create(Stripe, "stripe"),
        AIFunctionFactory.Create([Provides("cancellation", Effect = ToolEffect.Repeatable)] (string order_id) => true, "cancel"),
        AIFunctionFactory.Create((string text) => text, "say"),
    ];

    [Provides("refund", Cost = 2, Usd = 0.5, Effect = ToolEffect.Once, Risk = ToolRisk.Medium, Amount = "amount", Undo = "cancel", TimeoutSeconds = 5, Attempts = 3, CallsPerMinute = 60, NonEmpty = true)]
    [Needs("approval")]
    private static string Stripe([Needs("order.charge")] string charge, double amount) => $"refunded {charge}";

    private static Odd Hinted(string name, string? hint = null, string? result = null) => new(name, () => "{}")
    {
        Hint = hint,
        ReturnSchema = result is null ? null : JsonDocument.Parse(result).RootElement,
    };

    private sealed record Order(string Charge, int Total);

    private sealed class Odd(string name, Func<string> schema) : AIFunction
    {
        public string? Hint { get; init; }

        public override string Name => name;

        public override JsonElement JsonSchema => JsonDocument.Parse(schema()).RootElement;

        public override JsonElement? ReturnJsonSchema => ReturnSchema;

        public JsonElement? ReturnSchema { get; init; }

        public override IReadOnlyDictionary<string, object?> AdditionalProperties => Hint is null ? new Dictionary<string, object?>() : new Dictionary<string, object?> { [Hint] = true };

        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class Closed : IToolSource
    {
        public string Name => "mcp.gone";

        public IReadOnlyList<ToolDescription>? Descriptions => null;

        public ValueTask<IToolSession> OpenAsync(ToolContext context, CancellationToken cancellationToken = default) => throw new ToolException("nobody answers");
    }
}
