using System.Text.Json;
using AgentRouter.Expressions;
using AgentRouter.Tools.Tests.Support;
using AgentRouter.Tools.Workspace;

namespace AgentRouter.Tools.Tests.Workspace;

public sealed class WorkspaceToolSourceTests
{
    [Fact]
    public async Task Every_tool_is_described_as_it_is()
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync();
        workspace.Tools.Select(tool => tool.Description).ShouldBe(new WorkspaceToolSource().Descriptions);
        foreach (OpenTool tool in workspace.Tools)
        {
            JsonElement schema = tool.Function.JsonSchema;
            JsonElement properties = schema.GetProperty("properties");
            tool.Function.Name.ShouldBe(tool.Description.FunctionName);
            tool.Function.Description.ShouldBe(tool.Description.Description);
            properties.EnumerateObject().Select(property => property.Name).ShouldBe(tool.Description.Parameters!);
            properties.EnumerateObject().ShouldAllBe(property => property.Value.GetProperty("description").GetString()!.Length > 5);
            IEnumerable<string?> required = schema.TryGetProperty("required", out JsonElement names) ? names.EnumerateArray().Select(name => name.GetString()) : [];
            required.ShouldBe(tool.Description.RequiredParameters);
        }
    }

    [Theory]
    [InlineData("write", """{"path":"a.txt","content":"x"}""")]
    [InlineData("edit", """{"path":"b.txt","oldText":"b","newText":"c"}""")]
    [InlineData("list", "{}")]
    [InlineData("search", """{"text":"b"}""")]
    [InlineData("run", """{"command":"echo b"}""")]
    [InlineData("test", """{"command":"echo b"}""")]
    public async Task Every_result_has_the_fields_and_types_that_workflows_are_checked_against(string name, string arguments)
    {
        await using OpenWorkspace workspace = await OpenWorkspace.CreateAsync();
        workspace.Folder.Write("b.txt", "b");
        JsonElement result = await workspace.CallJsonAsync(name, JsonElement.Parse(arguments));
        DataType.Object type = WorkspaceToolDescriptions.All.Single(tool => tool.FullName == "workspace." + name).ResultType.ShouldBeOfType<DataType.Object>();
        result.EnumerateObject().Select(field => field.Name).ShouldBe(type.Fields.Keys);
        result.EnumerateObject().ShouldAllBe(field => TypeOf(field.Value) == type.Fields[field.Name].ToString());
    }

    [Fact]
    public async Task A_run_without_a_workspace_is_told_what_to_do()
    {
        ToolException exception = await Should.ThrowAsync<ToolException>(async () => await new WorkspaceToolSource().OpenAsync(new ToolContext { RunId = "r" }));
        exception.Message.ShouldContain("input of type directory");
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name() =>
        Should.Throw<ArgumentException>(() => new WorkspaceToolSource(new WorkspaceToolOptions { OutputCharacters = 10 })).Message.ShouldContain("WorkspaceToolOptions.OutputCharacters");

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => "number",
        JsonValueKind.String => "text",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Array => "list of text",
        _ => "something else",
    };
}
