namespace AgentRouter.Onnx.Tokenizing;

/// <summary>Makes what a model reads of texts: tokens, special tokens, as many as the model can take.</summary>
/// <param name="tokenizer">What cuts texts.</param>
/// <param name="template">Where special tokens stand.</param>
/// <param name="maxTokens">The most tokens, special ones counted; above those of the template.</param>
internal sealed class ModelTokenizer(ITextTokenizer tokenizer, TokenTemplate template, int maxTokens)
{
    /// <summary>Gets where special tokens stand.</summary>
    public TokenTemplate Template => template;

    /// <summary>Gets the most tokens of a text, special ones counted.</summary>
    public int MaxTokens => maxTokens;

    /// <summary>Makes what the model reads of a text; the end is cut off where it is too long.</summary>
    public EncodedText Encode(string text) => template.Of([.. tokenizer.Encode(text).Take(maxTokens - template.SingleTokens)]);

    /// <summary>Makes what the model reads of a pair; what is too long is cut off at the end of the longer one, token by token.</summary>
    public EncodedText Encode(string first, string second)
    {
        IReadOnlyList<int> a = tokenizer.Encode(first), b = tokenizer.Encode(second);
        int room = Math.Max(0, maxTokens - template.PairTokens), half = a.Count > b.Count ? (room + 1) / 2 : room / 2;
        int kept = Math.Min(a.Count, Math.Max(half, room - b.Count));
        return template.Of([.. a.Take(kept)], [.. b.Take(room - kept)]);
    }
}
