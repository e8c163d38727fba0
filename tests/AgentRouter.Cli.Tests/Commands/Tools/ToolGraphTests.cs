using System.Text.Json;
using AgentRouter.Cli.Tests.Support;
using Snapshooter;
using Snapshooter.Xunit;

namespace AgentRouter.Cli.Tests.Commands.Tools;

public sealed class ToolGraphTests
{
    private const string Servers = "mcp:\n  crm: { command: no-such-crm-server }\n  pay: { command: no-such-pay-server }\n  post: { command: no-such-post-server }\n";

    private const string Support = """
        facts:
          order_id: { type: text, description: The order's number }
          amount: number
        tools:
          crm: { tool: mcp.crm.lookup, provides: order, needs: order_id, effect: none, result: { charge: text } }
          stripe: { tool: mcp.pay.stripe, provides: refund, needs: [order, amount], with: { charge: "{{ order.charge }}" }, usd: 0.002, risk: high }
          razorpay: { tool: mcp.pay.razorpay, provides: refund, needs: [order, amount], cost: 2, result: { charge: text }, check: crm }
          email: { tool: mcp.post.mail, provides: confirmation, needs: refund }
          label: { tool: mcp.post.label, provides: return_label, needs: order, effect: repeatable, cost: 0.5 }
        goals:
          refund_and_confirm:
            needs: [refund, confirmation, return_label]
            lesser: [ { name: "refunded, to be confirmed by hand", needs: [refund, return_label] } ]
        """;

    private const string Workflow = """
        name: support
        tools: { graph: tools/support.yaml }
        nodes:
          refund: { capability: refund, arguments: { order_id: A-7, amount: 5 }, next: done }
          done: { end: succeeded }
        """;

    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    public async Task The_tools_and_the_way_to_each_goal_are_shown(int width)
    {
        using TestCli cli = Project(width);
        (await cli.RunAsync("tools", "graph", "graphs/tools/support.yaml")).ShouldBe(0, cli.Errors);
        Snapshot.Match(cli.Seen, SnapshotNameExtension.Create(width));
    }

    [Fact]
    public async Task Without_tools_that_are_down_the_way_around_them_is_shown_or_the_lesser_goal()
    {
        using TestCli cli = Project();
        (await cli.RunAsync("tools", "graph", "graphs/support.yaml", "--goal", "refund", "refund_and_confirm", "--down", "stripe", "mcp.post.mail")).ShouldBe(0, cli.Errors);
        Snapshot.Match(cli.Seen);
    }

    [Theory]
    [InlineData("mermaid")]
    [InlineData("dot")]
    [InlineData("yaml")]
    public async Task A_graph_is_written_in_other_formats(string format)
    {
        using TestCli cli = Project();
        (await cli.RunAsync("tools", "graph", "graphs/support.yaml", "--format", format, "--down", "stripe", "--goal", "refund")).ShouldBe(0, cli.Errors);
        Snapshot.Match(cli.Lines, SnapshotNameExtension.Create(format));

        (await cli.RunAsync("tools", "graph", "graphs/support.yaml", "--format", format, "--out", "graph.txt")).ShouldBe(0, cli.Errors);
        File.ReadAllText(Path.Combine(cli.Folder, "graph.txt")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Json_holds_the_tools_and_the_ways()
    {
        using TestCli cli = Project();
        (await cli.RunAsync("tools", "graph", "graphs/support.yaml", "--json", "--down", "stripe")).ShouldBe(0, cli.Errors);
        JsonElement graph = JsonDocument.Parse(cli.Lines).RootElement;
        graph.GetProperty("tools")[1].GetProperty("isDown").GetBoolean().ShouldBeTrue();
        JsonElement goal = graph.GetProperty("goals")[0];
        goal.GetProperty("way").GetProperty("tools").EnumerateArray().Select(tool => tool.GetString()).ShouldContain("razorpay");
        goal.GetProperty("way").GetProperty("isCheapest").GetBoolean().ShouldBeTrue();
        goal.GetProperty("without").EnumerateArray().Single(without => without.GetProperty("tool").GetString() == "email").GetProperty("way").GetProperty("lesser").GetString().ShouldBe("refunded, to be confirmed by hand");
    }

    [Theory]
    [InlineData("Name a tool graph or a workflow, or a server with --mcp.")]
    [InlineData("Did you mean 'refund'?", "graphs/support.yaml", "--goal", "refnd")]
    [InlineData("Did you mean 'stripe'?", "graphs/support.yaml", "--down", "strip")]
    [InlineData("--out takes --format mermaid, dot or yaml.", "graphs/support.yaml", "--out", "x.txt")]
    [InlineData("--json is a format of its own.", "graphs/support.yaml", "--json", "--format", "dot")]
    [InlineData("There is no MCP server 'crn'. Did you mean 'crm'?", "--mcp", "crn")]
    [InlineData("Name a file or servers with --mcp, not both.", "graphs/support.yaml", "--mcp", "crm")]
    [InlineData("neither a tool graph nor a workflow", "agentrouter.yaml")]
    [InlineData("names no tool graph", "graphs/bare.yaml")]
    [InlineData("is read by the same command", "graphs/support.yaml", "--format", "yaml", "--out", "graphs/support.yaml")]
    [InlineData("There is no file graphs/tools/suport.yaml. Did you mean 'support.yaml'?", "graphs/tools/suport.yaml")]
    public async Task What_cannot_be_shown_is_refused_with_what_to_do(string message, params string[] arguments)
    {
        using TestCli cli = Project();
        (await cli.RunAsync(["tools", "graph", .. arguments])).ShouldBe(64);
        cli.Errors.ReplaceLineEndings(" ").ShouldContain(message);
    }

    [Fact]
    public async Task A_server_that_cannot_be_started_is_named()
    {
        using TestCli cli = Project();
        (await cli.RunAsync("tools", "graph", "--mcp", "crm")).ShouldBe(2);
        cli.Errors.ReplaceLineEndings(" ").ShouldContain("'no-such-crm-server' could not be started as an MCP server");
    }

    [Fact]
    public async Task A_graph_without_its_servers_and_its_application_is_shown_all_the_same()
    {
        using var cli = new TestCli();
        cli.Write("graph.yaml", Support);
        (await cli.RunAsync("tools", "graph", "graph.yaml", "--goal", "refund_and_confirm")).ShouldBe(0, cli.Errors);
        cli.Seen.ShouldContain("crm → label + stripe → email");
        cli.Errors.ReplaceLineEndings(" ").ShouldContain("warning: Not known here: mcp.crm.lookup, mcp.pay.stripe, mcp.pay.razorpay, mcp.post.mail, mcp.post.label.");

        using var other = new TestCli();
        other.Write("graph.yaml", Support.Replace("mcp.crm.", "", StringComparison.Ordinal).Replace("mcp.pay.", "", StringComparison.Ordinal).Replace("mcp.post.", "", StringComparison.Ordinal));
        (await other.RunAsync("tools", "graph", "graph.yaml")).ShouldBe(0, other.Errors);
        other.Errors.Trim().ShouldBeEmpty();
    }

    [Fact]
    public async Task Text_of_a_graph_cannot_reach_the_terminal_as_control_codes_nor_break_a_drawing()
    {
        using TestCli cli = Project();
        cli.Write("evil.yaml", "tools:\n  \"[red]x\\e]0;t\\u202e\": { tool: mcp.crm.lookup, provides: \"a\\\"] --> b; <script>\", effect: none }\n");
        await cli.RunAsync("tools", "graph", "evil.yaml");
        (cli.Seen + cli.Errors).ShouldAllBe(c => c == '\n' || !char.IsControl(c));
        cli.Write("evil.yaml", "tools:\n  \"x\\\"]\": { tool: mcp.crm.lookup, provides: \"a\\\"] --> b; <script>\", effect: none }\n");
        (await cli.RunAsync("tools", "graph", "evil.yaml", "--format", "mermaid")).ShouldBe(0, cli.Errors);
        cli.Lines.ShouldNotContain("<script>");
        cli.Lines.ShouldContain("a#34;] --#62; b#59; #60;script#62;");
    }

    [Fact]
    public async Task Validate_checks_a_tool_graph_by_itself()
    {
        using TestCli cli = Project();
        (await cli.RunAsync("validate", "graphs/support.yaml", "graphs/tools/support.yaml", "agentrouter.yaml")).ShouldBe(0, cli.Errors);
        cli.Write("graphs/tools/support.yaml", Support.Replace("provides: order,", "provide: order,", StringComparison.Ordinal));
        (await cli.RunAsync("validate", "graphs/tools/support.yaml")).ShouldBe(64);
        cli.Seen.ShouldContain("Did you mean 'provides'?");
    }

    private static TestCli Project(int width = 100)
    {
        var cli = new TestCli(width);
        cli.Write("agentrouter.yaml", Servers);
        cli.Write("graphs/tools/support.yaml", Support);
        cli.Write("graphs/support.yaml", Workflow);
        cli.Write("graphs/bare.yaml", "name: bare\nnodes: { done: { end: succeeded } }\n");
        return cli;
    }
}
