namespace AgentRouter.Onnx.Sessions;

/// <summary>The device has not enough memory for a batch.</summary>
internal sealed class ModelMemoryException(string message, Exception? innerException = null) : Exception(message, innerException);
