using AgentRouter.Expressions;

namespace AgentRouter.Tools.Workspace;

/// <summary>Builds and runs the workspace's tests in the sandbox.</summary>
internal sealed class TestTool
{
    public static ToolDescription Description { get; } = new(
        "workspace.test",
        "Build the workspace and run its tests. exitCode 0 means that all passed; output has the build errors and failing tests.",
        new DataType.Object(new Dictionary<string, DataType>
        {
            ["exitCode"] = DataType.Number,
            ["passed"] = DataType.Number,
            ["failed"] = DataType.Number,
            ["skipped"] = DataType.Number,
            ["output"] = DataType.Text,
            ["timedOut"] = DataType.Boolean,
        }))
    {
        Parameters = ["command", "timeoutSeconds"],
        IsIdempotent = true,
    };
}
