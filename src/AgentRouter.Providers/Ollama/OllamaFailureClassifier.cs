using AgentRouter.Failures;
using AgentRouter.Providers.Calls;

namespace AgentRouter.Providers.Ollama;

/// <summary>Ollama answers errors with a status and a sentence.</summary>
internal sealed class OllamaFailureClassifier : IFailureClassifier
{
    /// <inheritdoc/>
    public FailureClass Classify(ProviderError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Says("exceeds the available context size", "input length exceeds", "context length")
            ? FailureClass.ContextTooLong
            : FailureClassifier.OfStatus(error.Status);
    }
}
