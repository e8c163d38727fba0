using System.ComponentModel;
using AgentRouter.Expressions;
using AgentRouter.Tools.Sandbox;
using AgentRouter.Tools.Workspace.Files;
using AgentRouter.Tools.Workspace.Testing;

namespace AgentRouter.Tools.Workspace;

/// <summary>Builds and runs the workspace's tests in the sandbox.</summary>
internal sealed class TestTool(WorkspaceCommands commands, WorkspaceRoot root, WorkspaceToolOptions options)
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

    public async Task<TestResult> TestAsync(
        [Description("The command that runs the tests; the workspace's usual one when not given.")] string? command = null,
        [Description("After how many seconds it is ended.")] int? timeoutSeconds = null,
        CancellationToken cancellationToken = default)
    {
        string commandLine = string.IsNullOrWhiteSpace(command) ? options.TestCommand ?? TestCommand.Find(root.Real) : command;
        SandboxResult result = await commands.RunAsync(commandLine, timeoutSeconds, options.TestTimeout, cancellationToken).ConfigureAwait(false);

        string log = result.Output.Replace(root.Real + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal);
        TestCounts counts = TestCounts.Read(log);
        string output = TestReport.Make(log, options.OutputCharacters) + MissingPackages.Hint(log);
        return new TestResult(result.ExitCode, counts.Passed, counts.Failed, counts.Skipped, output, result.End == SandboxEnd.TimedOut);
    }
}

/// <summary>What came of the tests.</summary>
internal sealed record TestResult(int ExitCode, int Passed, int Failed, int Skipped, string Output, bool TimedOut);
