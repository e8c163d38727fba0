using AgentRouter.Cli.Hosting;
using AgentRouter.Events;
using AgentRouter.Workflows.Runs.Sqlite;

namespace AgentRouter.Cli.Commands.Run;

/// <summary>A run that is worked on in this process: a new one, or one that goes on.</summary>
internal sealed record RunWork
{
    public required string RunId { get; init; }

    public required WorkflowProject Project { get; init; }

    /// <summary>Gets the name of the policy that chooses the models.</summary>
    public required string Policy { get; init; }

    public required SqliteRunStore Store { get; init; }

    public required RunCommandLines Commands { get; init; }

    /// <summary>Gets the folder that the run works in, or <see langword="null"/> for a workflow without one.</summary>
    public RunWorkspace? Workspace { get; init; }

    /// <summary>Gets what happened before, in a run that goes on.</summary>
    public IReadOnlyList<RunEvent> Past { get; init; } = [];
}
