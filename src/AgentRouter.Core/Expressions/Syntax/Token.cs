namespace AgentRouter.Expressions.Syntax;

/// <summary>A word or sign of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A name's or sign's own text, a text literal's value.</param>
/// <param name="Number">A number literal's value.</param>
/// <param name="Position">Where it starts, from 0.</param>
internal readonly record struct Token(TokenKind Kind, string Text, double Number, int Position)
{
    public bool IsSign(string sign) => Kind == TokenKind.Sign && Text == sign;

    public bool IsWord(string word) => Kind == TokenKind.Name && Text == word;

    /// <summary>Writes the token for a message.</summary>
    public override string ToString() => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Text => "a text",
        TokenKind.Number => "a number",
        _ => $"'{Text}'",
    };
}
