using System.Text.Json.Nodes;

namespace AgentRouter.Expressions.Syntax;

/// <summary><c>contains(text, part)</c>, by character and case; <c>contains(list, element)</c>.</summary>
internal sealed class ContainsNode(ExpressionNode whole, ExpressionNode part, int position) : ExpressionNode(position)
{
    public override DataType Check(ExpressionNames names)
    {
        DataType type = whole.Check(names);
        DataType sought = part.Check(names);
        if (type == DataType.Text)
            Expect(part, DataType.Text, names, "contains with a text");
        else if (type is DataType.List { Element: var element } && !CompareNode.Fits(element, sought))
            throw new ExpressionException($"A {type} cannot contain a {sought}.", part.Position);
        else if (type != DataType.Any && type is not DataType.List)
            throw new ExpressionException($"contains looks into a text or a list, but this is a {type}.", whole.Position);
        return DataType.Boolean;
    }

    public override ExpressionValue Evaluate(IExpressionScope scope)
    {
        ExpressionValue container = whole.Evaluate(scope);
        ExpressionValue sought = part.Evaluate(scope);
        if (container.Text is { } text)
            return ExpressionValue.From(sought.Text is { } piece && text.Contains(piece, StringComparison.Ordinal));
        return ExpressionValue.From(container.Node is JsonArray list && Holds(list, sought));
    }

    private static bool Holds(JsonArray list, ExpressionValue sought)
    {
        for (int i = 0; i < list.Count; i++)
        {
            if (CompareNode.AreEqual(ExpressionValue.From(list[i]), sought))
                return true;
        }

        return false;
    }
}
