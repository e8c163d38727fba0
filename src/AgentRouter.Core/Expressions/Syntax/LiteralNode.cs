namespace AgentRouter.Expressions.Syntax;

internal sealed class LiteralNode(ExpressionValue value, DataType type, int position) : ExpressionNode(position)
{
    public string? Text => value.Text;

    public bool IsNull => value.Kind == ExpressionValueKind.Null;

    public override DataType Check(ExpressionNames names) => type;

    public override ExpressionValue Evaluate(IExpressionScope scope) => value;
}
