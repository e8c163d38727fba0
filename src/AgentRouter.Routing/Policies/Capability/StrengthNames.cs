using AgentRouter.Models;

namespace AgentRouter.Routing.Policies.Capability;

/// <summary>The strengths as YAML, policy files and reasons call them.</summary>
internal static class StrengthNames
{
    /// <summary>Gets all names in the order of <see cref="Strength"/>.</summary>
    public static IReadOnlyList<string> All { get; } = ["reasoning", "code", "debugging", "tools"];

    /// <summary>Gets a name.</summary>
    public static string Of(Strength strength) => All[(int)strength];
}
