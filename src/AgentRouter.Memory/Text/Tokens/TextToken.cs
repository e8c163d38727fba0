namespace AgentRouter.Memory.Text.Tokens;

/// <summary>A word, a number or a sign of a text.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How many characters it has.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Shape">How it is written.</param>
internal readonly record struct TextToken(int Start, int Length, TokenKind Kind, WordShape Shape)
{
    /// <summary>Gets where it ends.</summary>
    public int End => Start + Length;

    /// <summary>Tells whether it is written in some way.</summary>
    public bool Is(WordShape shape) => (Shape & shape) != 0;

    /// <summary>Gets its characters.</summary>
    public ReadOnlySpan<char> In(ReadOnlySpan<char> text) => text.Slice(Start, Length);

    /// <summary>Gets its characters without a possessive <c>'s</c>.</summary>
    public ReadOnlySpan<char> BareIn(ReadOnlySpan<char> text) => text.Slice(Start, Is(WordShape.Possessive) ? Length - 2 : Length);

    /// <summary>Tells whether it is a certain sign.</summary>
    public bool IsSign(ReadOnlySpan<char> text, char sign) => Kind == TokenKind.Sign && text[Start] == sign;
}
