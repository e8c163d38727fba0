using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.Expressions;
using AgentRouter.TestMcpServer;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Capabilities.Import;
using AgentRouter.Tools.Mcp;
using AgentRouter.Tools.Tests.Support;
using Microsoft.Extensions.AI;

namespace AgentRouter.Tools.Tests.Mcp;

public sealed class McpToolSourceTests
{
    private static readonly ToolContext Run = new() { RunId = "run-1" };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tools_of_a_real_server_are_listed_and_called(bool overHttp)
    {
        await using WebMcpServer? web = overHttp ? await WebMcpServer.StartAsync() : null;
        var source = new McpToolSource(web is null ? Process() : Http(web));
        source.Name.ShouldBe("mcp.test");
        source.Descriptions.ShouldBeNull();
        await using IToolSession session = await source.OpenAsync(Run);

        OpenTool add = Tool(session, "mcp.test.add");
        add.Function.Name.ShouldBe("mcp_test_add");
        add.Description.Description.ShouldBe("Adds two numbers.");
        add.Description.Parameters.ShouldBe(["a", "b"]);
        add.Description.RequiredParameters.ShouldBe(["a", "b"]);
        add.Description.IsIdempotent.ShouldBeTrue();
        (await CallAsync(add, new { a = 2, b = 3 })).ShouldBe("5");

        OpenTool sum = Tool(session, "mcp.test.sum");
        sum.Description.IsIdempotent.ShouldBeFalse();
        ToolTraits.IsDestructive(sum.Function).ShouldBeFalse();
        ToolTraits.IsDestructive(Tool(session, "mcp.test.die").Function).ShouldBeTrue();
        sum.Description.ResultType.ShouldBeOfType<DataType.Object>().Fields["total"].ShouldBe(DataType.Number);
        (await CallAsync(sum, new { numbers = new[] { 1, 2, 3 } })).ShouldBeOfType<JsonElement>().GetProperty("total").GetInt32().ShouldBe(6);

        (await RefusalAsync(Tool(session, "mcp.test.fail"), new { message = "the reason" })).ShouldContain("the reason");
        (await CallAsync(Tool(session, "mcp.test.picture"), new { })).ShouldBe("look:\n[image/png, 1,234 bytes, left out]");
        string repeated = (await CallAsync(Tool(session, "mcp.test.repeat"), new { text = "abc", times = 100_000 })).ShouldBeOfType<string>();
        repeated.ShouldContain("… 280,000 characters left out …");
        repeated.Length.ShouldBeLessThan(21_000);
    }

    [Fact]
    public async Task Names_that_models_may_not_use_are_changed_and_stay_apart()
    {
        await using IToolSession session = await new McpToolSource(Process()).OpenAsync(Run);
        string[] names = [.. session.Tools.Select(tool => tool.Function.Name)];
        names.ShouldBeUnique();
        names.ShouldAllBe(name => name.Length <= 64 && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_' || character == '-'));
        session.Tools.ShouldAllBe(tool => tool.Description.FunctionName == tool.Function.Name);
        string[] odd = [.. names.Where(name => name.StartsWith("mcp_test_odd_name", StringComparison.Ordinal))];
        odd.Length.ShouldBe(2);
        object?[] answers = await Task.WhenAll(session.Tools.Where(tool => odd.Contains(tool.Function.Name)).Select(tool => CallAsync(tool, new { })));
        answers.ShouldBe(["odd", "odd too"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_server_s_tools_make_a_graph_by_their_schemas_and_hints()
    {
        CapabilityImport import = await CapabilityImport.FromSourcesAsync([new McpToolSource(Process())], Run);

        CapabilityTool Tool(string name) => import.Graph.FindTool("mcp.test." + name).ShouldNotBeNull();
        import.Graph.Tools.Count.ShouldBe(ServerTools.All.Count());
        (Tool("add").Effect, Tool("add").Risk).ShouldBe((ToolEffect.None, ToolRisk.Low));
        Tool("add").Needs.ShouldBe(["a", "b"]);
        (Tool("sum").Effect, Tool("die").Effect, Tool("die").Risk).ShouldBe((ToolEffect.Once, ToolEffect.Once, ToolRisk.High));
        Tool("sum").Result.ShouldBeOfType<DataType.Object>().Fields.Keys.ShouldBe(["total", "count"]);
        import.Graph.Facts.Single(fact => fact.Name == "a").ShouldBe(new CapabilityFact("a", DataType.Number, "The first."));
    }

    [Fact]
    public async Task Only_allowed_tools_are_imported()
    {
        await using IToolSession session = await new McpToolSource(Process() with { AllowedTools = ["add"] }).OpenAsync(Run);
        session.Tools.ShouldHaveSingleItem().Description.FullName.ShouldBe("mcp.test.add");

        ToolException missing = await Should.ThrowAsync<ToolException>(async () => await new McpToolSource(Process() with { AllowedTools = ["ad"] }).OpenAsync(Run));
        missing.Message.ShouldStartWith("The MCP server 'test' has no tool 'ad': it has add, sum");
    }

    [Fact]
    public async Task A_server_that_dies_in_a_call_is_named()
    {
        await using IToolSession session = await new McpToolSource(Process()).OpenAsync(Run);
        Task<string> waiting = RefusalAsync(Tool(session, "mcp.test.wait"), new { });
        (await RefusalAsync(Tool(session, "mcp.test.die"), new { })).ShouldContain("the MCP server 'test' ended");
        (await waiting).ShouldContain("the MCP server 'test' ended");
        (await RefusalAsync(Tool(session, "mcp.test.add"), new { a = 1, b = 1 })).ShouldContain("'test'");
    }

    [Fact]
    public async Task A_web_server_that_goes_away_is_named()
    {
        WebMcpServer web = await WebMcpServer.StartAsync();
        await using IToolSession session = await new McpToolSource(Http(web)).OpenAsync(Run);
        await web.DisposeAsync();
        (await RefusalAsync(Tool(session, "mcp.test.add"), new { a = 1, b = 1 })).ShouldContain("'test'");
    }

    [Fact]
    public async Task A_call_can_be_cancelled()
    {
        await using IToolSession session = await new McpToolSource(Process()).OpenAsync(Run);
        using var cancel = new CancellationTokenSource();
        Task<object?> call = Tool(session, "mcp.test.wait").Function.InvokeAsync(cancellationToken: cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(call);
        (await CallAsync(Tool(session, "mcp.test.add"), new { a = 1, b = 1 })).ShouldBe("2");
    }

    [LinuxFact]
    public async Task The_process_ends_with_the_session()
    {
        string mark = "mark-" + Environment.ProcessId;
        IToolSession session = await new McpToolSource(Process() with { Arguments = [.. Process().Arguments, mark] }).OpenAsync(Run);
        Machine.ProcessesWith(mark).ShouldHaveSingleItem();
        await session.DisposeAsync();
        Machine.ProcessesWith(mark).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_process_gets_only_the_variables_that_are_named()
    {
        Environment.SetEnvironmentVariable("AGENTROUTER_TEST_SECRET", "sesame");
        Environment.SetEnvironmentVariable("AGENTROUTER_TEST_KEY", "given");
        await using IToolSession session = await new McpToolSource(Process() with { PassedVariables = ["AGENTROUTER_TEST_KEY"] }).OpenAsync(Run);
        OpenTool variable = Tool(session, "mcp.test.variable");
        (await CallAsync(variable, new { name = "AGENTROUTER_TEST_SECRET" })).ShouldBe("not set");
        (await CallAsync(variable, new { name = "AGENTROUTER_TEST_KEY" })).ShouldBe("given");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_with_its_setting()
    {
        var process = new McpToolSource(new McpServerSettings { Name = "gone", Command = "agentrouter-no-such-program" });
        (await Should.ThrowAsync<ToolException>(async () => await process.OpenAsync(Run))).Message.ShouldContain("Check mcp.gone");
        var http = new McpToolSource(new McpServerSettings { Name = "gone", Url = new Uri("http://127.0.0.1:9/?key=sesame") });
        string message = (await Should.ThrowAsync<ToolException>(async () => await http.OpenAsync(Run))).Message;
        message.ShouldContain("no MCP server answers at http://127.0.0.1:9/");
        message.ShouldNotContain("sesame");
    }

    [Theory]
    [InlineData("a b", "x", null, "name")]
    [InlineData("a.b", "x", null, "name")]
    [InlineData("", "x", null, "name")]
    [InlineData("a", null, null, "either a command or a url")]
    [InlineData("a", "x", "http://localhost", "either a command or a url")]
    [InlineData("a", null, "file:///etc", "must begin with")]
    public void Wrong_settings_are_refused(string name, string? command, string? url, string why) =>
        Should.Throw<ConfigurationException>(() => new McpToolSource(new McpServerSettings { Name = name, Command = command, Url = url is null ? null : new Uri(url) })).Message.ShouldContain(why);

    private static McpServerSettings Process() => new()
    {
        Name = "test",
        Command = "dotnet",
        Arguments = [typeof(ServerTools).Assembly.Location],
    };

    private static McpServerSettings Http(WebMcpServer web) => new() { Name = "test", Url = web.Url };

    private static OpenTool Tool(IToolSession session, string fullName) => session.Tools.Single(tool => tool.Description.FullName == fullName);

    private static async Task<object?> CallAsync(OpenTool tool, object arguments)
    {
        var values = JsonSerializer.SerializeToElement(arguments).EnumerateObject().ToDictionary(property => property.Name, property => (object?)property.Value);
        return await tool.Function.InvokeAsync(new AIFunctionArguments(values));
    }

    private static async Task<string> RefusalAsync(OpenTool tool, object arguments) =>
        (await Should.ThrowAsync<ToolException>(() => CallAsync(tool, arguments))).Message;
}
