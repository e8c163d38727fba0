using System.Text.Json.Nodes;
using AgentRouter.Expressions;
using AgentRouter.Pricing;
using AgentRouter.Tools;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;
using AgentRouter.Workflows.Yaml.ToolGraphs;

namespace AgentRouter.Workflows.Tests.Yaml.ToolGraphs;

public sealed class ToolGraphLoaderTests : IDisposable
{
    private readonly TestProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Every_key_of_a_graph_is_read()
    {
        CapabilityGraph graph = Load(GraphFiles.Support).OrThrow();

        graph.Facts.ShouldBe([new CapabilityFact("order_id", DataType.Text, "The order's number"), new CapabilityFact("amount", DataType.Number)]);
        graph.Tools.Select(tool => tool.Name).ShouldBe(["crm", "stripe", "razorpay", "find_refund", "cancel_refund", "email"]);
        CapabilityTool stripe = graph.FindTool("stripe").ShouldNotBeNull();
        stripe.Tool.ShouldBe("shop.stripe");
        stripe.Provides.ShouldBe(["refund"]);
        stripe.Needs.ShouldBe(["order", "amount"]);
        stripe.Arguments["charge"].ShouldBeOfType<Template>().Text.ShouldBe("{{ order.charge }}");
        stripe.Arguments["limits"].ShouldBeOfType<JsonObject>().ToJsonString().ShouldBe("""{"retries":2}""");
        stripe.Price.ShouldBe(Money.FromUsd(0.002m));
        (stripe.Cost, stripe.Attempts, stripe.CallsPerMinute, stripe.Timeout).ShouldBe((1, 3, 60, TimeSpan.FromSeconds(10)));
        (stripe.Effect, stripe.Risk, stripe.Amount, stripe.IsResultPromised, stripe.Check, stripe.Undo).ShouldBe((ToolEffect.Once, ToolRisk.Medium, "amount", true, "find_refund", "cancel_refund"));
        stripe.Result.ShouldBeOfType<DataType.Object>().Fields["id"].ShouldBe(DataType.Text);
        graph.FindTool("crm")!.Effect.ShouldBe(ToolEffect.None);
        graph.FindTool("cancel_refund")!.Effect.ShouldBe(ToolEffect.Repeatable);
        CapabilityGoal goal = graph.FindGoal("refund_and_confirm").ShouldNotBeNull();
        goal.Lesser.Select(lesser => (lesser.Name, lesser.Needs.Count)).ShouldBe([("refunded, to be confirmed by hand", 1), ("handed over to a person", 0)]);
        graph.DescriptionOf(goal).ShouldBe("Refunds an order and tells the customer.");
        graph.DescriptionOf(graph.FindGoal("refund")!).ShouldBe("The money is on its way back.");
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        CapabilityGraph graph = Load(GraphFiles.Support).OrThrow();

        string text = ToolGraphWriter.Write(graph);

        ToolGraphWriter.Write(Load(text).OrThrow()).ShouldBe(text);
        text.ShouldContain("timeout: 10s");
        text.ShouldNotContain("effect: once");
    }

    [Fact]
    public void Names_and_texts_of_any_kind_come_back_as_they_were()
    {
        string[] odd = ["true", "null", "~", "12", "a: b", "- x", "{{ x }}", "#", "\"quoted\"", "ä\u00a0ö", "*a", "|", "yes, no", "'"];
        CapabilityTool[] tools = [.. odd.Select((name, i) => new CapabilityTool
        {
            Name = name, Tool = $"shop.{i}", Provides = [$"c{i}"], Effect = ToolEffect.None, Arguments = new Dictionary<string, object> { [name] = new JsonArray(name, 1.5, null, true, new JsonObject { ["k"] = name }) },
        })];
        var graph = new CapabilityGraph(tools, [new CapabilityFact("f", new DataType.List(new DataType.Object(new Dictionary<string, DataType> { ["null"] = DataType.Any })), "~")]);

        CapabilityGraph read = Load(ToolGraphWriter.Write(graph).Replace("{{ x }}", "( x )", StringComparison.Ordinal), trusting: "shop").OrThrow();

        read.Tools.Select(tool => tool.Name).ShouldBe(odd.Select(name => name.Replace("{{ x }}", "( x )", StringComparison.Ordinal)));
        read.Facts.Single().Description.ShouldBe("~");
        read.Tools[0].Arguments["true"].ShouldBeOfType<JsonArray>().ToJsonString().ShouldBe("""["true",1.5,null,true,{"k":"true"}]""");
    }

    [Fact]
    public void Every_mistake_is_found_at_once_where_it_is()
    {
        const string text = """
            facts:
              order_id: txt
              amount: { description: How much }
            capabilities:
              refnd: A typo.
            tool: {}
            tools:
              crm: { tool: shop.lokup, provides: order, needs: order_di, effect: nothing }
              stripe:
                tool: shop.stripe
                provides: refund
                needs: [order, amount]
                cost: -1
                usd: free
                timeout: 2h
                attempts: 99
                retries: 3
                with: { charge: "{{ ordr.charge }}", amount: "{{ order" }
                check: stripe
                undo: cancel
              nothing: { tool: shop.find }
              all: { tool: shop, provides: everything }
              itself: { tool: capability.refund, provides: more }
            goals:
              refunded: { needs: [refund, letter], lesser: { name: x } }
              empty: { }
            """;

        _project.Lines(Load(text).Diagnostics).ShouldBe([
            "graphs/tools/g.yaml:2:13: error: There is no type 'txt'. Did you mean 'text'?",
            "graphs/tools/g.yaml:3:3: error: Fact 'amount' has no 'type'. Add type: text, or another type.",
            "graphs/tools/g.yaml:5:3: error: There is no capability 'refnd'. Did you mean 'refund'?",
            "graphs/tools/g.yaml:6:1: error: The tool graph has no key 'tool'. Did you mean 'tools'?",
            "graphs/tools/g.yaml:8:16: error: There is no tool 'shop.lokup'. Did you mean 'shop.lookup'?",
            "graphs/tools/g.yaml:8:52: error: Tool 'crm' needs 'order_di', which no tool provides and which is no fact of the graph. Did you mean 'order_id'?",
            "graphs/tools/g.yaml:8:70: error: 'effect' of tool 'crm' should be none or repeatable or once, but is 'nothing'.",
            "graphs/tools/g.yaml:13:11: error: 'cost' of tool 'stripe' should be a number from 0 to 1,000,000,000, but is '-1'.",
            "graphs/tools/g.yaml:14:10: error: 'usd' of tool 'stripe' should be a number from 0 to 1,000,000, but is 'free'.",
            "graphs/tools/g.yaml:15:14: error: The timeout of tool 'stripe' must be above 0 and at most 1 hour.",
            "graphs/tools/g.yaml:16:15: error: 'attempts' of tool 'stripe' should be a whole number from 1 to 10, but is '99'.",
            "graphs/tools/g.yaml:17:5: error: Tool 'stripe' has no key 'retries'. There is: provides, tool, needs, with, cost, usd, effect, risk, amount, result, nonEmpty, check, undo, callsPerMinute, timeout, attempts.",
            "graphs/tools/g.yaml:18:25: error: In 'charge' of tool 'stripe': There is nothing named 'ordr' to read here. Did you mean 'order'?",
            "graphs/tools/g.yaml:18:51: error: In 'amount' of 'with' of tool 'stripe': This '{{' has no '}}'. Write {{ '{{' }} for two braces as such.",
            "graphs/tools/g.yaml:19:12: error: The check of tool 'stripe' is the tool itself.",
            "graphs/tools/g.yaml:20:11: error: The undo of tool 'stripe' is 'cancel', which is no tool of the graph. There is: crm, nothing, all, itself.",
            "graphs/tools/g.yaml:21:3: error: Tool 'nothing' has no 'provides'. Add provides: the capability that a call satisfies.",
            "graphs/tools/g.yaml:22:16: error: 'shop' stands for several tools; a tool of the graph is one. Write one of shop.lookup, shop.stripe, shop.razorpay, shop.find, shop.cancel, shop.email.",
            "graphs/tools/g.yaml:23:19: error: Tool 'itself' of the graph cannot be a capability itself. Name the tool that is called.",
            "graphs/tools/g.yaml:25:31: error: Goal 'refunded' needs 'letter', which no tool provides.",
            "graphs/tools/g.yaml:25:48: error: 'lesser' of goal 'refunded' should be a list, the best first. Write each as - { name: what it comes to, needs: [capabilities] }.",
            "graphs/tools/g.yaml:26:3: error: Goal 'empty' needs nothing. Name the capabilities that it is made of.",
        ]);
    }

    [Theory]
    [InlineData("{ tool: shop.find, provides: a, needs: b, effect: none }", "{ tool: shop.find, provides: b, needs: a, effect: none }", "1:12", "The tools 'one', 'two' wait for each other")]
    [InlineData("{ tool: shop.find, provides: a, needs: a, effect: none }", "{ tool: shop.find, provides: b, effect: none }", "1:12", "needs what only it provides (a)")]
    [InlineData("{ tool: shop.find, provides: a, cost: .nan }", "{ tool: shop.find, provides: b }", "1:55", "should be a number from 0")]
    [InlineData("{ tool: shop.find, provides: 'a b' }", "{ tool: shop.find, provides: a_b }", "1:", "would both be called 'capability.a_b'")]
    [InlineData("[shop.find]", "{ tool: shop.find, provides: b }", "1:17", "should be a mapping")]
    [InlineData("{ tool: workspace.write, provides: a, needs: path }", "{ tool: shop.find, provides: b }", "1:12", "needs the argument 'content'")]
    [InlineData("{ tool: workspace.read, provides: a, with: { path: x, fast: true } }", "{ tool: shop.find, provides: b }", "1:71", "has no parameter 'fast'")]
    public void A_graph_that_could_never_work_is_refused(string one, string two, string at, string message)
    {
        IReadOnlyList<string> lines = _project.Lines(Load($"tools: {{   one: {one}, two: {two} }}\nfacts: {{ path: text }}\n").Diagnostics);

        lines.ShouldContain(line => line.StartsWith("graphs/tools/g.yaml:" + at, StringComparison.Ordinal) && line.Contains(message, StringComparison.Ordinal), string.Join('\n', lines));
    }

    [Fact]
    public void Two_tools_of_one_name_are_refused_in_one_file_and_in_two()
    {
        _project.Lines(Load("tools:\n  a: { tool: shop.find, provides: x }\n  a: { tool: shop.find, provides: y }\n  b: { provides: z, needs: w }\n").Diagnostics).ShouldBe([
            "graphs/tools/g.yaml:3:3: error: 'a' is here twice; the first is in line 2. Give one of them another name, or delete it.",
            "graphs/tools/g.yaml:4:28: error: Tool 'b' needs 'w', which no tool provides and which is no fact of the graph.",
        ]);

        _project.With("graphs/tools/one.yaml", "tools: { a: { tool: workspace.read, provides: x, needs: path } }\nfacts: { path: text }\n");
        _project.With("graphs/tools/two.yaml", "tools:\n  a: { tool: workspace.list, provides: y }\nfacts: { path: number }\n");
        _project.Lines(_project.Load("name: w\ntools: { graph: [tools/one.yaml, tools/two.yaml] }\nnodes: { done: { end: succeeded } }\n").Diagnostics).ShouldBe([
            "graphs/tools/two.yaml:2:3: error: Two tools are named 'a'. Give one of them another name.",
            "graphs/tools/two.yaml:3:10: error: The fact 'path' is number here and text at graphs/tools/one.yaml:2:10.",
        ], ignoreOrder: true);
    }

    [Fact]
    public void A_template_reads_only_what_every_tool_of_a_capability_returns()
    {
        string text = GraphFiles.Support.Replace("Refund {{ refund.id }}", "Refund {{ refund.mode }}", StringComparison.Ordinal);

        _project.Lines(Load(text).Diagnostics).ShouldHaveSingleItem().ShouldContain("In 'text' of tool 'email': ");
    }

    [Fact]
    public void A_tool_that_reads_what_it_does_not_need_is_warned_of()
    {
        string text = GraphFiles.Support.Replace("needs: refund, with: { text: \"Refund {{ refund.id }}\" }", "needs: refund, with: { text: \"{{ order.total }}\" }", StringComparison.Ordinal);

        Diagnostic warning = Load(text).Diagnostics.ShouldHaveSingleItem();
        warning.Severity.ShouldBe(DiagnosticSeverity.Warning);
        warning.Message.ShouldBe("Tool 'email' reads 'order' and does not need it, so it may be called before 'order' is known.");
    }

    [Fact]
    public void A_tool_of_a_server_that_must_be_opened_is_taken_on_trust()
    {
        Load("tools: { a: { tool: mcp.any.thing, provides: x, with: { q: 1 } } }\n", trusting: "mcp.any").Succeeded.ShouldBeTrue();
        _project.Lines(Load("tools: { a: { tool: mcp.any.thing, provides: x } }\n").Diagnostics).ShouldHaveSingleItem()
            .ShouldContain("warning: Not known here: mcp.any.thing. Whoever uses the graph must bring them: add servers under 'mcp:' in agentrouter.yaml.");
    }

    [Fact]
    public void A_graph_by_itself_may_name_functions_of_an_application()
    {
        LoadResult<CapabilityGraph> loaded = Load("tools: { read: { provides: x }, write: { provides: y } }\n");

        loaded.OrThrow().Tools.Count.ShouldBe(2);
        loaded.Diagnostics.ShouldBeEmpty();
        _project.Lines(Load("tools: { read: { tool: store.read, provides: x } }\n").Diagnostics).ShouldHaveSingleItem().ShouldContain("warning: Not known here: store.read. Whoever uses the graph must bring them.");
    }

    [Theory]
    [InlineData("tools:\n  a: { b: \"{{ x\tgoals:\n  c: d\n    - { name: \"e, f\", needs: g }\n")]
    [InlineData("tools: { a: { provides: [b, }")]
    [InlineData("tools: &x { a: *x }")]
    public void Text_that_is_no_yaml_is_said_to_be_none(string text) =>
        Load(text).Diagnostics.ShouldHaveSingleItem().Message.ShouldStartWith("This is not YAML: ");

    [Fact]
    public void A_large_graph_is_read_in_a_moment()
    {
        string tools = string.Concat(Enumerable.Range(0, 2_000).Select(i => $"  t{i}: {{ tool: shop.find, provides: c{i}, needs: {(i == 0 ? "start" : $"c{i - 1}")}, effect: none, with: {{ q: \"{{{{ {(i == 0 ? "start" : $"c{i - 1}")} }}}}\" }} }}\n"));

        Load($"facts: {{ start: text }}\ntools:\n{tools}").OrThrow().Tools.Count.ShouldBe(2_000);
    }

    private LoadResult<CapabilityGraph> Load(string text, string? trusting = null)
    {
        _project.With("graphs/tools/g.yaml", text);
        string path = Path.Join(_project.Root, "graphs/tools/g.yaml");
        IToolSource source = trusting is null ? new Source("shop", [.. new[] { "lookup", "stripe", "razorpay", "find", "cancel", "email" }.Select(name => new ToolDescription($"shop.{name}", "A tool.", DataType.Any))]) : new Source(trusting, null);
        return ToolGraphLoader.Load(path, new WorkflowLoadOptions { Tools = [source] });
    }

    private sealed class Source(string name, IReadOnlyList<ToolDescription>? descriptions) : IToolSource
    {
        public string Name => name;

        public IReadOnlyList<ToolDescription>? Descriptions => descriptions;

        public ValueTask<IToolSession> OpenAsync(ToolContext context, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
