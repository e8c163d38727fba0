using AgentRouter.Expressions;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Stands in for a node that could not be read, so that the ways to and from it are still checked.</summary>
internal sealed record UnreadNode : NodeDefinition
{
    public override string Kind => "unread";

    public override DataType OutputType => DataType.Any;
}
