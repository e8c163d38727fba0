using AgentRouter.Expressions;

namespace AgentRouter.Tools.Workspace;

/// <summary>Runs a shell command in the sandbox.</summary>
internal sealed class RunTool
{
    public static ToolDescription Description { get; } = new(
        "workspace.run",
        "Run a shell command in the workspace folder, without network. Everything it starts ends with the call.",
        new DataType.Object(new Dictionary<string, DataType>
        {
            ["exitCode"] = DataType.Number,
            ["output"] = DataType.Text,
            ["timedOut"] = DataType.Boolean,
        }))
    {
        Parameters = ["command", "timeoutSeconds"],
        RequiredParameters = ["command"],
    };
}
