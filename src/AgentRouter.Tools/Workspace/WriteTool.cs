using AgentRouter.Expressions;

namespace AgentRouter.Tools.Workspace;

/// <summary>Writes a whole text file of the workspace.</summary>
internal sealed class WriteTool
{
    public static ToolDescription Description { get; } = new(
        "workspace.write",
        "Write a whole text file of the workspace; makes its folders, replaces what was there. To change a part of a file use workspace_edit.",
        new DataType.Object(new Dictionary<string, DataType>
        {
            ["path"] = DataType.Text,
            ["created"] = DataType.Boolean,
            ["lines"] = DataType.Number,
        }))
    {
        Parameters = ["path", "content"],
        RequiredParameters = ["path", "content"],
        IsIdempotent = true,
    };
}
