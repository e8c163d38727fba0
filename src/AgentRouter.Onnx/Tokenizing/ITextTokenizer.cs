namespace AgentRouter.Onnx.Tokenizing;

/// <summary>Cuts texts into a model's tokens. Safe for threads.</summary>
/// <remarks>What looks like a special token in a text is read as text: no text can say where it begins or ends.</remarks>
internal interface ITextTokenizer
{
    /// <summary>Cuts a text into tokens, without special ones.</summary>
    IReadOnlyList<int> Encode(string text);
}
