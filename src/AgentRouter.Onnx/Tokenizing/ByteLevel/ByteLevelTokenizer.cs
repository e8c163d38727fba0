using AgentRouter.Onnx.Tokenizing.Unicode;
using Microsoft.ML.Tokenizers;

namespace AgentRouter.Onnx.Tokenizing.ByteLevel;

/// <summary>Merges the bytes of words into pieces, the pair that was learned first before others (byte-level BPE, A. Radford et al., 2019).</summary>
/// <param name="tokenizer">What merges.</param>
/// <param name="composes">Whether a text is put into form C before.</param>
/// <param name="addsBlank">Whether a text that begins with no blank gets one.</param>
internal sealed class ByteLevelTokenizer(BpeTokenizer tokenizer, bool composes, bool addsBlank) : ITextTokenizer
{
    /// <summary>Gets whether a text that begins with no blank gets one.</summary>
    public bool AddsBlank => addsBlank;

    /// <inheritdoc/>
    public IReadOnlyList<int> Encode(string text)
    {
        if (text.Length == 0)
            return [];
        string read = composes ? CanonicalForms.Compose(text) : text;
        return tokenizer.EncodeToIds(addsBlank && read[0] != ' ' ? " " + read : read);
    }
}
