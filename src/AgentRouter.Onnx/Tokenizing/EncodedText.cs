namespace AgentRouter.Onnx.Tokenizing;

/// <summary>A text, or a pair of them, as a model reads it.</summary>
/// <param name="Ids">The tokens, special ones among them.</param>
/// <param name="Types">Which of two texts each token belongs to, as the model was taught.</param>
internal sealed record EncodedText(IReadOnlyList<int> Ids, IReadOnlyList<int> Types);
