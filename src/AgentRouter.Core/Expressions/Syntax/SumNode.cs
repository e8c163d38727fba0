namespace AgentRouter.Expressions.Syntax;

/// <summary><c>+</c> and <c>-</c> of numbers; nothing when either side is no number.</summary>
internal sealed class SumNode(ExpressionNode left, ExpressionNode right, bool isMinus, int position) : ExpressionNode(position)
{
    public override DataType Check(ExpressionNames names)
    {
        string what = isMinus ? "'-'" : "'+'";
        Expect(left, DataType.Number, names, what);
        Expect(right, DataType.Number, names, what);
        return DataType.Number;
    }

    public override ExpressionValue Evaluate(IExpressionScope scope)
    {
        ExpressionValue first = left.Evaluate(scope);
        ExpressionValue second = right.Evaluate(scope);
        if (first.Kind != ExpressionValueKind.Number || second.Kind != ExpressionValueKind.Number)
            return ExpressionValue.Null;
        return ExpressionValue.From(isMinus ? first.Number - second.Number : first.Number + second.Number);
    }
}
