using AgentRouter.Expressions;

namespace AgentRouter.Tools.Workspace;

/// <summary>Reads a text file of the workspace, or some of its lines.</summary>
internal sealed class ReadTool
{
    public static ToolDescription Description { get; } = new(
        "workspace.read",
        "Read a text file of the workspace. Long files come in parts: read on with startLine.",
        DataType.Text)
    {
        Parameters = ["path", "startLine", "endLine", "lineNumbers"],
        RequiredParameters = ["path"],
        IsIdempotent = true,
    };
}
