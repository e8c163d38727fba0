namespace AgentRouter.Expressions.Syntax;

internal enum TokenKind
{
    End,
    Name,
    Number,
    Text,
    Sign,
}
