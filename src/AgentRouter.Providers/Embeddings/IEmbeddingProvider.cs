using AgentRouter.Providers.Calls;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Embeddings;

/// <summary>A kind of provider that makes vectors of texts too.</summary>
internal interface IEmbeddingProvider : IModelProvider
{
    /// <summary>Makes the generator of one profile. Sends nothing.</summary>
    /// <param name="connection">The profile, its provider's settings, and what is needed to reach it.</param>
    /// <returns>A generator that throws nothing but <see cref="Failures.ModelCallException"/> and, when the caller cancelled, <see cref="OperationCanceledException"/>.</returns>
    /// <exception cref="Configuration.ConfigurationException">A setting or the key is missing or wrong.</exception>
    IEmbeddingGenerator<string, Embedding<float>> CreateGenerator(EmbeddingConnection connection);
}
