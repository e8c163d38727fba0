namespace AgentRouter.Expressions.Syntax;

internal sealed class NotNode(ExpressionNode operand, int position) : ExpressionNode(position)
{
    public override DataType Check(ExpressionNames names)
    {
        Expect(operand, DataType.Boolean, names, "'not'");
        return DataType.Boolean;
    }

    public override ExpressionValue Evaluate(IExpressionScope scope) => ExpressionValue.From(!operand.Evaluate(scope).Boolean);
}
