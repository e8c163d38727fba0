using AgentRouter.Expressions;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Nodes.Route;

/// <summary>A candidate of a route node.</summary>
/// <param name="Agent">The agent, or <see langword="null"/> for <c>skip</c>: nobody works, and the run goes on.</param>
/// <param name="When">The condition under which it may be chosen; <see langword="null"/> always holds.</param>
/// <param name="Location">Where it was written.</param>
public sealed record RouteCandidate(AgentDefinition? Agent, Expression? When, SourceLocation Location)
{
    /// <summary>Gets the name it has in events and preferences: the agent's, or <c>skip</c>.</summary>
    public string Name => Agent?.Name ?? RouteNode.SkipName;

    /// <summary>Gets a value indicating whether it stands for doing nothing.</summary>
    public bool IsSkip => Agent is null;
}
