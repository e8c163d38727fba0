using System.ComponentModel;
using AgentRouter.Expressions;
using AgentRouter.Tools.Sandbox;

namespace AgentRouter.Tools.Workspace;

/// <summary>Runs a shell command in the sandbox.</summary>
internal sealed class RunTool(WorkspaceCommands commands, TimeSpan defaultTimeout)
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

    public async Task<RunToolResult> RunAsync(
        [Description("The command line, for the system's shell.")] string command,
        [Description("After how many seconds it is ended.")] int? timeoutSeconds = null,
        CancellationToken cancellationToken = default)
    {
        SandboxResult result = await commands.RunAsync(command, timeoutSeconds, defaultTimeout, cancellationToken).ConfigureAwait(false);
        return new RunToolResult(result.ExitCode, result.Output, result.End == SandboxEnd.TimedOut);
    }
}

/// <summary>What came of a command.</summary>
internal sealed record RunToolResult(int ExitCode, string Output, bool TimedOut);
