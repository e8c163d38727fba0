namespace AgentRouter.Workflows.Engine;

/// <summary>What a run is forked with.</summary>
public sealed record ForkRequest
{
    /// <summary>Gets the number of the last event that the new run shares with the old one.</summary>
    public required long At { get; init; }

    /// <summary>Gets what is changed in the shared part: inputs as <c>inputs.NAME</c>, and the last outputs of nodes by their names or paths. Values are
    /// JSON; what is not JSON is text. Answers that were given before the fork stay as they are.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the new run's id; a new one when not given.</summary>
    public string? RunId { get; init; }

    /// <summary>Gets the folder that workspace tools are confined to; the old run's when not given.</summary>
    public string? WorkspaceRoot { get; init; }
}
