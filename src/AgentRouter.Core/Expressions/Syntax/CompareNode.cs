using System.Text.Json.Nodes;

namespace AgentRouter.Expressions.Syntax;

/// <summary>Compares two values. Nothing equals only nothing, and is neither less nor greater than anything.</summary>
internal sealed class CompareNode(ExpressionNode left, ExpressionNode right, Comparison comparison, int position) : ExpressionNode(position)
{
    public override DataType Check(ExpressionNames names)
    {
        DataType first = left.Check(names);
        DataType second = right.Check(names);
        bool isOrder = comparison > Comparison.Unequal;
        if (isOrder && (IsNull(left) || IsNull(right)))
            throw new ExpressionException("null is neither less nor greater than anything; use == or !=.", Position);
        if (isOrder)
        {
            ExpectOrdered(first, left.Position);
            ExpectOrdered(second, right.Position);
        }

        if (!Fits(first, second))
            throw new ExpressionException($"A {first} cannot be compared with a {second}.", Position);
        return DataType.Boolean;
    }

    public override ExpressionValue Evaluate(IExpressionScope scope)
    {
        ExpressionValue first = left.Evaluate(scope);
        ExpressionValue second = right.Evaluate(scope);
        return ExpressionValue.From(comparison switch
        {
            Comparison.Equal => AreEqual(first, second),
            Comparison.Unequal => !AreEqual(first, second),
            _ => IsOrdered(first, second),
        });
    }

    public static bool AreEqual(ExpressionValue first, ExpressionValue second) => first.Kind == second.Kind && first.Kind switch
    {
        ExpressionValueKind.Null => true,
        ExpressionValueKind.Boolean => first.Boolean == second.Boolean,
        ExpressionValueKind.Number => first.Number == second.Number,
        ExpressionValueKind.Text => first.Text == second.Text,
        _ => JsonNode.DeepEquals(first.Node, second.Node),
    };

    /// <summary>Tells whether values of two types may be compared: what is not known before a run fits everything.</summary>
    public static bool Fits(DataType first, DataType second) =>
        first == DataType.Any || second == DataType.Any || first == second
        || (first is DataType.List && second is DataType.List) || (first is DataType.Object && second is DataType.Object);

    private static void ExpectOrdered(DataType type, int position)
    {
        if (type != DataType.Any && type != DataType.Number && type != DataType.Text)
            throw new ExpressionException($"Only numbers and texts have an order, but this is a {type}.", position);
    }

    private static bool IsNull(ExpressionNode node) => node is LiteralNode { IsNull: true };

    private bool IsOrdered(ExpressionValue first, ExpressionValue second)
    {
        if (first.Kind != second.Kind)
            return false;
        if (first.Kind == ExpressionValueKind.Number)
            return Holds(first.Number.CompareTo(second.Number));
        return first.Kind == ExpressionValueKind.Text && Holds(string.CompareOrdinal(first.Text, second.Text));
    }

    private bool Holds(int order) => comparison switch
    {
        Comparison.Less => order < 0,
        Comparison.LessOrEqual => order <= 0,
        Comparison.Greater => order > 0,
        _ => order >= 0,
    };
}
