using AgentRouter.Expressions;

namespace AgentRouter.Tools.Workspace;

/// <summary>Replaces one piece of text in a file of the workspace.</summary>
internal sealed class EditTool
{
    public static ToolDescription Description { get; } = new(
        "workspace.edit",
        "Replace one piece of text in a file of the workspace. oldText must occur exactly once, white space included.",
        new DataType.Object(new Dictionary<string, DataType>
        {
            ["path"] = DataType.Text,
            ["line"] = DataType.Number,
        }))
    {
        Parameters = ["path", "oldText", "newText"],
        RequiredParameters = ["path", "oldText", "newText"],
    };
}
