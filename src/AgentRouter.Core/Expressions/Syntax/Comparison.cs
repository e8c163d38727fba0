namespace AgentRouter.Expressions.Syntax;

internal enum Comparison
{
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
