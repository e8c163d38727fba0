namespace AgentRouter.Providers.Scripted;

/// <summary>When a reply fits: every property that is set must hold. A property with several values holds when one of them does.</summary>
/// <remarks>Names are compared exactly. Workflow, node, agent, role and visit come from the step's identity: without one they hold for nothing.</remarks>
public sealed record ScriptCondition
{
    /// <summary>Gets the names of models.</summary>
    public IReadOnlyList<string> Model { get; init; } = [];

    /// <summary>Gets the tiers.</summary>
    public IReadOnlyList<string> Tier { get; init; } = [];

    /// <summary>Gets the workflows.</summary>
    public IReadOnlyList<string> Workflow { get; init; } = [];

    /// <summary>Gets the nodes.</summary>
    public IReadOnlyList<string> Node { get; init; } = [];

    /// <summary>Gets the agents.</summary>
    public IReadOnlyList<string> Agent { get; init; } = [];

    /// <summary>Gets the roles. The last answer of a task whose budget is used up has the role <c>wrapUp</c>.</summary>
    public IReadOnlyList<string> Role { get; init; } = [];

    /// <summary>Gets the visits of the node; 1 is the first.</summary>
    public IReadOnlyList<int> Visit { get; init; } = [];

    /// <summary>Gets the numbers of the LLM call since the last user message; 1 is the call right after it.</summary>
    public IReadOnlyList<int> Call { get; init; } = [];

    /// <summary>Gets the function names of the tool whose result came last.</summary>
    public IReadOnlyList<string> LastTool { get; init; } = [];

    /// <summary>Gets texts of which the last tool result contains one.</summary>
    public IReadOnlyList<string> LastResultContains { get; init; } = [];

    /// <summary>Gets a regular expression that the last tool result matches; without lookaround and backreferences.</summary>
    public string? LastResultMatches { get; init; }

    /// <summary>Gets texts of which some message, the instructions included, contains one.</summary>
    public IReadOnlyList<string> MessageContains { get; init; } = [];
}
