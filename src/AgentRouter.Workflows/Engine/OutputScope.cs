using System.Text.Json.Nodes;
using AgentRouter.Expressions;

namespace AgentRouter.Workflows.Engine;

/// <summary>A scope in which a node's new output can be read before it is handed on.</summary>
internal sealed class OutputScope(IExpressionScope outer, string node, string? alias, JsonNode? output) : IExpressionScope
{
    public ExpressionValue Find(string name) => name == node || name == alias ? ExpressionValue.From(output) : outer.Find(name);

    public int Visits(string name) => outer.Visits(name);
}
