using AgentRouter.Suggestions;

namespace AgentRouter.Expressions.Syntax;

/// <summary>The first part of a path: <c>inputs</c>, a node, a feature.</summary>
internal sealed class NameNode(string name, int position) : ExpressionNode(position)
{
    public override DataType Check(ExpressionNames names)
    {
        if (names.Names.TryGetValue(name, out DataType? type))
            return type;
        if (names.AllowsUnknown)
            return DataType.Any;
        string? hint = Suggestion.Sentence(name, names.Names.Keys);
        throw new ExpressionException($"There is nothing named '{name}' to read here.{(hint is null ? "" : " " + hint)}", Position);
    }

    public override ExpressionValue Evaluate(IExpressionScope scope) => scope.Find(name);
}
