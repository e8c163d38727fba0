using AgentRouter.Expressions;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Nodes.Human;

/// <summary>A person is asked.</summary>
public sealed record HumanNode : NodeDefinition
{
    /// <summary>The kind in YAML.</summary>
    public const string KindName = "human";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Gets the question.</summary>
    public required Template Question { get; init; }

    /// <summary>Gets the answers to choose from; empty for free text.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Gets the answer that is taken when <see cref="NodeDefinition.Timeout"/> is up, counted from the question; without a timeout, at once where
    /// nobody can be asked. Before the time is up, a run that is kept in a store ends waiting where nobody can be asked, and takes the default when it is
    /// gone on with after it; one of which nothing is kept takes the default at once.</summary>
    public string? Default { get; init; }

    /// <inheritdoc/>
    public override DataType OutputType => DataType.Text;
}
