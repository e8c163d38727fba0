using AgentRouter.Onnx.Devices;

namespace AgentRouter.Onnx.Embeddings;

/// <summary>Where and how a model makes vectors.</summary>
public sealed record OnnxEmbeddingOptions : OnnxSessionOptions;
