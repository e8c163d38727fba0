using AgentRouter.Expressions;

namespace AgentRouter.Workflows.Definitions;

/// <summary>An agent: a named instruction set with tools and a model preference.</summary>
public sealed record AgentDefinition
{
    /// <summary>The most LLM calls an agent makes in one visit of its node when it names no limit.</summary>
    public const int DefaultMaxCalls = 20;

    /// <summary>Gets the agent's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets its role: planner, executor, reviewer, summarizer, researcher, checker, …</summary>
    public string Role { get; init; } = "executor";

    /// <summary>Gets what it does, in a sentence.</summary>
    public string? Description { get; init; }

    /// <summary>Gets its instructions: the system message.</summary>
    public required Template Instructions { get; init; }

    /// <summary>Gets the names of its tools; <c>workspace</c> stands for all workspace tools, <c>mcp.NAME</c> for all tools of a server.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>Gets the tiers it may be answered by; <see langword="null"/> for all.</summary>
    public IReadOnlyList<string>? Tiers { get; init; }

    /// <summary>Gets the fields of its answer, or <see langword="null"/> for text.</summary>
    public DataType? OutputSchema { get; init; }

    /// <summary>Gets the most LLM calls in one visit of its node.</summary>
    public int MaxCalls { get; init; } = DefaultMaxCalls;

    /// <summary>Gets the most tokens of one answer, or <see langword="null"/> for the model's own limit.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Gets the sampling temperature, or <see langword="null"/> for the model's own.</summary>
    public float? Temperature { get; init; }

    /// <summary>Gets the skills it may use, or <see langword="null"/> for none.</summary>
    public SkillsDefinition? Skills { get; init; }

    /// <summary>Gets its memory, or <see langword="null"/> for the workflow's.</summary>
    public MemoryDefinition? Memory { get; init; }

    /// <summary>Gets how long its conversation may become, or <see langword="null"/> for what the workflow says.</summary>
    public ContextDefinition? Context { get; init; }

    /// <summary>Gets where it was written.</summary>
    public SourceLocation Location { get; init; }
}
