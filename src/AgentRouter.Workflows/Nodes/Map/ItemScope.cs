using System.Text.Json.Nodes;
using AgentRouter.Expressions;

namespace AgentRouter.Workflows.Nodes.Map;

/// <summary>What the body of a map reads: the element, its position, and everything around the map.</summary>
internal sealed class ItemScope(IExpressionScope outer, string name, JsonNode? item, int index) : IExpressionScope
{
    public const string Index = "index";

    public ExpressionValue Find(string wanted) =>
        wanted == name ? ExpressionValue.From(item) : wanted == Index ? ExpressionValue.From((double)index) : outer.Find(wanted);

    public int Visits(string node) => outer.Visits(node);
}
