namespace AgentRouter.Workflows.Engine;

/// <summary>A node cannot do its work. The message says why and what to do; it never leaves the engine as an exception.</summary>
internal sealed class NodeFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
