using Microsoft.ML.Tokenizers;

namespace AgentRouter.Onnx.Tokenizing.ByteLevel;

/// <summary>Gives the words of a pattern to the tokenizer library.</summary>
internal sealed class WordPreTokenizer(WordPattern pattern) : PreTokenizer
{
    /// <inheritdoc/>
    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text)
    {
        int at = 0;
        foreach (string word in pattern.Words(text))
        {
            yield return (at, word.Length);
            at += word.Length;
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) => PreTokenize(text.ToString());
}
