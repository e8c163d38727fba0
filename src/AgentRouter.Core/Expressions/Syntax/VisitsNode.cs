using AgentRouter.Suggestions;

namespace AgentRouter.Expressions.Syntax;

/// <summary><c>visits('node')</c>: how often a node has been entered.</summary>
internal sealed class VisitsNode(string node, int position) : ExpressionNode(position)
{
    public override DataType Check(ExpressionNames names)
    {
        if (names.AllowsUnknown || names.Nodes.Contains(node))
            return DataType.Number;
        throw new ExpressionException(
            names.Nodes.Count == 0
                ? "visits counts the visits of a workflow's nodes; there are none to count here."
                : $"There is no node '{node}' to count the visits of. {Suggestion.Sentence(node, names.Nodes)}",
            Position);
    }

    public override ExpressionValue Evaluate(IExpressionScope scope) => ExpressionValue.From((double)scope.Visits(node));
}
