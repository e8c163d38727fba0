namespace AgentRouter.Onnx.Pulling;

/// <summary>A model could not be fetched, or what came is not what was promised. The message says what to do.</summary>
public sealed class ModelPullException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public ModelPullException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
