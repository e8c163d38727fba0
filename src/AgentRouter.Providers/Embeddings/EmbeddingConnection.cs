using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Providers.Calls;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Embeddings;

/// <summary>What a provider needs to make the embedding generator of one profile.</summary>
/// <param name="Profile">The profile.</param>
/// <param name="Settings">Its provider's settings.</param>
/// <param name="ConfigurationFile">The configuration file, or <see langword="null"/>.</param>
/// <param name="Secrets">Where keys are found.</param>
/// <param name="TimeProvider">The clock.</param>
internal sealed record EmbeddingConnection(EmbeddingProfile Profile, ProviderSettings Settings, string? ConfigurationFile, ISecretSource Secrets, TimeProvider TimeProvider)
    : ProviderConnection($"Embeddings '{Profile.Name}'", Settings, ConfigurationFile, Secrets, TimeProvider)
{
    /// <summary>Makes a generator over a provider's HTTP interface: opens the line, guards the calls.</summary>
    /// <param name="defaultBaseUrl">The address when the settings name none.</param>
    /// <param name="defaultKeyVariable">The variable of the key when the settings name none; <see langword="null"/> when the kind needs no key.</param>
    /// <param name="classifier">The provider's error codes.</param>
    /// <param name="create">Makes the SDK's generator of the line.</param>
    public IEmbeddingGenerator<string, Embedding<float>> CreateRemote(
        Uri defaultBaseUrl, string? defaultKeyVariable, IFailureClassifier classifier, Func<ProviderLine, IEmbeddingGenerator<string, Embedding<float>>> create)
    {
        ProviderLine line = Open(defaultBaseUrl, defaultKeyVariable, classifier);
        return new ProviderEmbeddingGenerator(create(line), line, this);
    }
}
