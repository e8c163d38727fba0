namespace AgentRouter.Workflows.Definitions;

/// <summary>How a workflow's models are chosen.</summary>
public sealed record RouterDefinition
{
    /// <summary>Gets the policy's name, or <see langword="null"/> for the configuration's default.</summary>
    public string? Policy { get; init; }

    /// <summary>Gets the tiers the router may use, from the least to the most capable; <see langword="null"/> for all configured.</summary>
    public IReadOnlyList<string>? Tiers { get; init; }

    /// <summary>Gets the rules of the <c>rules</c> policy, first match wins.</summary>
    public IReadOnlyList<RuleDefinition> Rules { get; init; } = [];

    /// <summary>Gets the other settings of the policy by name, as written: <c>threshold: 4000</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets where it was written.</summary>
    public SourceLocation Location { get; init; }
}
