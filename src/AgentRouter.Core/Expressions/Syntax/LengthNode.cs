using System.Text.Json.Nodes;

namespace AgentRouter.Expressions.Syntax;

/// <summary><c>length(text)</c> in characters, <c>length(list)</c> in elements; 0 of nothing.</summary>
internal sealed class LengthNode(ExpressionNode of, int position) : ExpressionNode(position)
{
    public override DataType Check(ExpressionNames names)
    {
        DataType type = of.Check(names);
        if (type != DataType.Any && type != DataType.Text && type is not DataType.List)
            throw new ExpressionException($"length takes a text or a list, but this is a {type}.", of.Position);
        return DataType.Number;
    }

    public override ExpressionValue Evaluate(IExpressionScope scope)
    {
        ExpressionValue value = of.Evaluate(scope);
        return ExpressionValue.From((double)(value.Text?.Length ?? (value.Node as JsonArray)?.Count ?? 0));
    }
}
