using AgentRouter.Budgets;

namespace AgentRouter.Workflows.Definitions;

/// <summary>A workflow: a graph of nodes with typed inputs, a budget and a router.</summary>
/// <remarks>Made by the YAML loader or in C#; valid once <c>WorkflowValidator</c> has nothing to say. Immutable.</remarks>
public sealed record WorkflowDefinition
{
    /// <summary>The hard limit of node visits when a workflow names none.</summary>
    public const int DefaultMaxVisits = 10_000;

    /// <summary>Gets the workflow's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what it does, in a sentence.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the inputs in order.</summary>
    public IReadOnlyList<InputDefinition> Inputs { get; init; } = [];

    /// <summary>Gets the limits of a run, or <see langword="null"/> for the configuration's default.</summary>
    public Budget? Budget { get; init; }

    /// <summary>Gets how models are chosen.</summary>
    public RouterDefinition Router { get; init; } = new();

    /// <summary>Gets what holds for calls of tools.</summary>
    public ToolRules Tools { get; init; } = new();

    /// <summary>Gets what holds for the skills of agents that leave it out; <see langword="null"/> for the defaults. It gives no agent skills.</summary>
    public SkillsDefinition? Skills { get; init; }

    /// <summary>Gets the memory of its agents, of which each may change parts; <see langword="null"/> for none.</summary>
    public MemoryDefinition? Memory { get; init; }

    /// <summary>Gets how long the conversations of its agents may become, of which each may change parts; <see langword="null"/> for as long as they like.</summary>
    public ContextDefinition? Context { get; init; }

    /// <summary>Gets the nodes in the order they were written; the first one starts unless <see cref="Start"/> names another.</summary>
    public required IReadOnlyList<NodeDefinition> Nodes { get; init; }

    /// <summary>Gets the name of the node that starts, or <see langword="null"/> for the first.</summary>
    public string? Start { get; init; }

    /// <summary>Gets the most node visits a run may make, so that no loop is endless. The default is 10,000.</summary>
    public int MaxVisits { get; init; } = DefaultMaxVisits;

    /// <summary>Gets the script that answers when no provider is configured, as an absolute path, or <see langword="null"/>.</summary>
    public string? Script { get; init; }

    /// <summary>Gets the folder of the project it belongs to: the nearest one above the file that holds <c>agents/</c> or
    /// <c>agentrouter.yaml</c>. Absolute; <see langword="null"/> for a workflow made in C#. The loader has made the defaults
    /// of file and directory inputs absolute with it.</summary>
    public string? ProjectRoot { get; init; }

    /// <summary>Gets where it was written.</summary>
    public SourceLocation Location { get; init; }
}
