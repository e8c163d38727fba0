namespace AgentRouter.Tools;

/// <summary>The run that tools are opened for.</summary>
public sealed record ToolContext
{
    /// <summary>Gets the run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets the folder that workspace tools are confined to, or <see langword="null"/> when the workflow has none.</summary>
    public string? WorkspaceRoot { get; init; }

    /// <summary>Gets the clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Gets what takes warnings for the user, such as a sandbox that is not there.</summary>
    public Action<string>? Warn { get; init; }
}
