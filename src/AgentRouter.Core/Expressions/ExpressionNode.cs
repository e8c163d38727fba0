namespace AgentRouter.Expressions;

internal abstract class ExpressionNode
{
    public abstract ExpressionValue Evaluate(IExpressionScope scope);
}
