namespace AgentRouter.Onnx.Tokenizing;

/// <summary>Texts that a model reads at a time, padded at the end to the longest.</summary>
/// <param name="texts">The texts; at least one.</param>
/// <param name="padId">The token that fills up.</param>
internal sealed class TokenBatch(IReadOnlyList<EncodedText> texts, int padId)
{
    /// <summary>Gets the number of texts.</summary>
    public int Count => texts.Count;

    /// <summary>Gets the tokens of each, padding counted.</summary>
    public int Length { get; } = texts.Max(text => text.Ids.Count);

    /// <summary>Gets how many tokens of a text are no padding.</summary>
    public int LengthOf(int text) => texts[text].Ids.Count;

    /// <summary>Makes the numbers of the tokens.</summary>
    public long[] Ids() => Fill((text, token) => token < text.Ids.Count ? text.Ids[token] : padId);

    /// <summary>Makes 1 for each token, 0 for padding.</summary>
    public long[] Mask() => Fill((text, token) => token < text.Ids.Count ? 1 : 0);

    /// <summary>Makes the types of the tokens.</summary>
    public long[] Types() => Fill((text, token) => token < text.Types.Count ? text.Types[token] : 0);

    /// <summary>Makes the places of the tokens, from 0.</summary>
    public long[] Positions() => Fill((_, token) => token);

    private long[] Fill(Func<EncodedText, int, long> number)
    {
        var numbers = new long[Count * Length];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = number(texts[i / Length], i % Length);
        return numbers;
    }
}
