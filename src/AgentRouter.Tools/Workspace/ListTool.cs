using AgentRouter.Expressions;

namespace AgentRouter.Tools.Workspace;

/// <summary>Lists the files of the workspace.</summary>
internal sealed class ListTool
{
    public static ToolDescription Description { get; } = new(
        "workspace.list",
        "List the files of the workspace, or of one folder. Leaves out bin, obj, .git and node_modules unless path or pattern names them.",
        new DataType.Object(new Dictionary<string, DataType>
        {
            ["files"] = new DataType.List(DataType.Text),
            ["count"] = DataType.Number,
            ["truncated"] = DataType.Boolean,
        }))
    {
        Parameters = ["path", "pattern"],
        IsIdempotent = true,
    };
}
