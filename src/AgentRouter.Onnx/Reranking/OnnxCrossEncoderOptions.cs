using AgentRouter.Onnx.Devices;

namespace AgentRouter.Onnx.Reranking;

/// <summary>Where and how a model judges pairs of texts.</summary>
public sealed record OnnxCrossEncoderOptions : OnnxSessionOptions;
