using AgentRouter.Routing.Policies.Rules;

namespace AgentRouter.Routing.Policies;

/// <summary>A policy as a workflow file sets it.</summary>
public sealed record PolicySettings
{
    /// <summary>Gets the settings by name, as written: <c>characters: 4000</c>.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the folder that the paths in the settings start at; <see langword="null"/> for the current one.</summary>
    public string? BaseFolder { get; init; }

    /// <summary>Gets the rules of the <c>rules</c> policy.</summary>
    public IReadOnlyList<RoutingRule> Rules { get; init; } = [];
}
