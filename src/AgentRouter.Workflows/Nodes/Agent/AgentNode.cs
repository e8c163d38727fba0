using AgentRouter.Expressions;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Nodes.Agent;

/// <summary>An agent works: LLM calls in a function-calling loop until it answers.</summary>
public sealed record AgentNode : NodeDefinition
{
    /// <summary>The kind in YAML.</summary>
    public const string KindName = "agent";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Gets the agent.</summary>
    public required AgentDefinition Agent { get; init; }

    /// <summary>Gets the request: the user message. Without one, the inputs and the outputs so far are handed over.</summary>
    public Template? Prompt { get; init; }

    /// <summary>Gets the names of the tools for this node, or <see langword="null"/> for the agent's own.</summary>
    public IReadOnlyList<string>? Tools { get; init; }

    /// <summary>Gets the skills for this node, or <see langword="null"/> for the agent's own.</summary>
    public SkillsDefinition? Skills { get; init; }

    /// <summary>Gets the memory for this node, or <see langword="null"/> for the agent's own.</summary>
    public MemoryDefinition? Memory { get; init; }

    /// <summary>Gets the fields of the answer, or <see langword="null"/> for the agent's own.</summary>
    public DataType? OutputSchema { get; init; }

    /// <summary>Gets a value indicating whether a later visit goes on with the conversation of the earlier one
    /// (<c>conversation: keep</c>); by default each visit starts afresh.</summary>
    public bool KeepConversation { get; init; }

    /// <summary>Gets the capabilities of the workflow's graph that must be satisfied when the agent has answered; else the node fails, whatever the agent says.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <inheritdoc/>
    public override DataType OutputType => OutputSchema ?? Agent.OutputSchema ?? DataType.Text;
}
