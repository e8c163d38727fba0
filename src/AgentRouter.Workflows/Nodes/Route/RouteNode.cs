using AgentRouter.Expressions;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Nodes.Route;

/// <summary>One of several agents works: the one that has proved best at this kind of task, of those that the run's state allows.</summary>
/// <remarks>Where nothing is learned yet, the first of the list. An open <c>skip</c> masks what stands after it.</remarks>
public sealed record RouteNode : NodeDefinition
{
    /// <summary>The kind in YAML.</summary>
    public const string KindName = "route";

    /// <summary>The name of the candidate that stands for doing nothing.</summary>
    public const string SkipName = "skip";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Gets the candidates in the order in which they are tried while nothing is learned.</summary>
    public required IReadOnlyList<RouteCandidate> Candidates { get; init; }

    /// <summary>Gets what the chosen agent is asked. Without one, the inputs and the outputs so far are handed over.</summary>
    public Template? Prompt { get; init; }

    /// <summary>Gets the kind of task that the preferences are kept by; the workflow's name when not given.</summary>
    public Template? TaskKind { get; init; }

    /// <summary>Gets how many agents are asked at once when their preferences are too close to choose; 1 always chooses.</summary>
    public int FanOut { get; init; } = 1;

    /// <summary>Gets the agent that merges the answers of several.</summary>
    public AgentDefinition? Refiner { get; init; }

    /// <summary>Gets the agents that may work: the candidates', then the refiner.</summary>
    public IEnumerable<AgentDefinition> Agents => Candidates.Select(candidate => candidate.Agent).Append(Refiner).OfType<AgentDefinition>();

    /// <inheritdoc/>
    public override DataType OutputType =>
        Agents.Select(agent => agent.OutputSchema ?? DataType.Text).Distinct().Take(2).ToArray() is [var same] ? same : DataType.Any;
}
