namespace AgentRouter.Expressions.Syntax;

/// <summary><c>and</c> and <c>or</c>; the right side is read only when it matters. Anything but true counts as false.</summary>
internal sealed class LogicNode(ExpressionNode left, ExpressionNode right, bool isAnd, int position) : ExpressionNode(position)
{
    public override DataType Check(ExpressionNames names)
    {
        string what = isAnd ? "'and'" : "'or'";
        Expect(left, DataType.Boolean, names, what);
        Expect(right, DataType.Boolean, names, what);
        return DataType.Boolean;
    }

    public override ExpressionValue Evaluate(IExpressionScope scope) => ExpressionValue.From(isAnd
        ? left.Evaluate(scope).Boolean && right.Evaluate(scope).Boolean
        : left.Evaluate(scope).Boolean || right.Evaluate(scope).Boolean);
}
