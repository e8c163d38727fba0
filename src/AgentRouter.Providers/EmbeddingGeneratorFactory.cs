using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Providers.Calls;
using AgentRouter.Providers.Embeddings;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers;

/// <summary>Makes generators of embeddings of a configuration.</summary>
public static class EmbeddingGeneratorFactory
{
    /// <summary>Makes the generator of a profile that a provider serves. Sends nothing.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="configuration">The configuration with its provider.</param>
    /// <param name="secrets">Where keys are found. A key is handed to its provider's SDK and to nothing else.</param>
    /// <param name="timeProvider">The clock of time-outs; the system's when not given.</param>
    /// <returns>The generator; the caller owns it. It throws nothing but <see cref="Failures.ModelCallException"/> and, when the caller cancelled,
    /// <see cref="OperationCanceledException"/>; it never retries, and spends without asking any budget. What comes back is as many vectors as
    /// there are texts, all of the same length and of finite numbers.</returns>
    /// <exception cref="ConfigurationException">A key or setting is missing or wrong, no provider serves the profile, or its kind serves no embeddings.</exception>
    public static IEmbeddingGenerator<string, Embedding<float>> Create(EmbeddingProfile profile, RouterConfiguration configuration, ISecretSource secrets, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(secrets);
        string subject = $"Embeddings '{profile.Name}'";
        if (profile.Provider is not { } name)
            throw new ConfigurationException($"{subject} are of an ONNX model, which no provider serves: load it with OnnxEmbeddingGenerator of AgentRouter.Onnx.");
        (IModelProvider provider, ProviderSettings settings) = ConfiguredProviders.Find(configuration, subject, name);
        return provider is IEmbeddingProvider makes
            ? makes.CreateGenerator(new EmbeddingConnection(profile, settings, configuration.SourceFile, secrets, timeProvider ?? TimeProvider.System))
            : throw new ConfigurationException($"{subject}: provider '{name}' is of kind {settings.Kind}, which serves no embeddings.");
    }
}
