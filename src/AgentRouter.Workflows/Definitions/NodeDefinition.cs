using AgentRouter.Expressions;

namespace AgentRouter.Workflows.Definitions;

/// <summary>A node of a workflow. Each kind has a folder under <c>Nodes</c> with its definition, its YAML reader and its runner.</summary>
public abstract record NodeDefinition
{
    /// <summary>Gets the node's name; its output is read under this name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the kind as it is written in YAML and shown to people.</summary>
    public abstract string Kind { get; }

    /// <summary>Gets what the node is for, in a sentence.</summary>
    public string? Description { get; init; }

    /// <summary>Gets a second name for the node's output (<c>output: plan</c>), or <see langword="null"/>.</summary>
    public string? Output { get; init; }

    /// <summary>Gets the ways on, in order.</summary>
    public IReadOnlyList<EdgeDefinition> Next { get; init; } = [];

    /// <summary>Gets the node that takes over when this one fails; the failure is read as <c>error.message</c> and <c>error.node</c>.</summary>
    public string? OnError { get; init; }

    /// <summary>Gets what tells whether the work is right; its value is recorded and teaches the router.</summary>
    public Expression? Verify { get; init; }

    /// <summary>Gets the longest one visit, or each attempt of one, may take, or <see langword="null"/> for no own limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets how often the work is tried when it fails for a reason that may pass; <see langword="null"/> for once. It is for nodes that call
    /// a model or a tool themselves.</summary>
    public NodeRetry? Retry { get; init; }

    /// <summary>Gets the nodes that run inside this one: branches, the body of a map.</summary>
    public virtual IReadOnlyList<NodeDefinition> Children => [];

    /// <summary>Gets where it was written.</summary>
    public SourceLocation Location { get; init; }

    /// <summary>Gets the type of the node's output, as far as it is known before a run.</summary>
    public abstract DataType OutputType { get; }
}
