namespace AgentRouter.Memory.Text.Tokens;

/// <summary>What a token is.</summary>
internal enum TokenKind : byte
{
    /// <summary>Letters, with digits, underscores and inner apostrophes after the first.</summary>
    Word,

    /// <summary>Digits, with the letters that follow them without a space: <c>3rd</c>, <c>1960s</c>.</summary>
    Number,

    /// <summary>One other character.</summary>
    Sign,

    /// <summary>The end of a line that ends a sentence with it.</summary>
    LineEnd,
}
