using AgentRouter.Expressions;

namespace AgentRouter.Tools.Workspace;

/// <summary>Searches the text files of the workspace.</summary>
internal sealed class SearchTool
{
    public static ToolDescription Description { get; } = new(
        "workspace.search",
        "Search the text files of the workspace, line by line. Matches come as \"file:line: text\".",
        new DataType.Object(new Dictionary<string, DataType>
        {
            ["matches"] = new DataType.List(DataType.Text),
            ["count"] = DataType.Number,
            ["truncated"] = DataType.Boolean,
        }))
    {
        Parameters = ["text", "pattern", "regex"],
        RequiredParameters = ["text"],
        IsIdempotent = true,
    };
}
