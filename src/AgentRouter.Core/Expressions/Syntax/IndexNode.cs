using System.Text.Json.Nodes;

namespace AgentRouter.Expressions.Syntax;

/// <summary>An element of a list, from 0: <c>items[0]</c>, <c>items[index]</c>.</summary>
internal sealed class IndexNode(ExpressionNode owner, ExpressionNode index, int bracket) : ExpressionNode(owner.Position)
{
    public override DataType Check(ExpressionNames names)
    {
        DataType type = owner.Check(names);
        if (type != DataType.Any && type is not DataType.List)
            throw new ExpressionException($"Only a list has elements, but this is a {type}.", bracket);
        Expect(index, DataType.Number, names, "The position in a list");
        return type is DataType.List list ? list.Element : DataType.Any;
    }

    public override ExpressionValue Evaluate(IExpressionScope scope)
    {
        if (owner.Evaluate(scope).Node is not JsonArray list || index.Evaluate(scope) is not { Kind: ExpressionValueKind.Number, Number: var at })
            return ExpressionValue.Null;
        return at >= 0 && at < list.Count && Math.Floor(at) == at ? ExpressionValue.From(list[(int)at]) : ExpressionValue.Null;
    }
}
