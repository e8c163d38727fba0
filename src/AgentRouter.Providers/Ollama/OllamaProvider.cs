using AgentRouter.Configuration;
using AgentRouter.Providers.Calls;
using AgentRouter.Providers.Embeddings;
using Microsoft.Extensions.AI;
using OllamaSharp;

namespace AgentRouter.Providers.Ollama;

/// <summary>Models that run on the user's own machine in Ollama.</summary>
internal sealed class OllamaProvider : IEmbeddingProvider
{
    private static readonly Uri DefaultBaseUrl = new("http://127.0.0.1:11434");

    /// <inheritdoc/>
    public string Kind => "ollama";

    /// <inheritdoc/>
    public IChatClient CreateClient(ModelConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection.CreateRemote(DefaultBaseUrl, defaultKeyVariable: null, new OllamaFailureClassifier(), _ => new OllamaDialect(),
            line => Client(line, connection.Settings, connection.Profile.ModelId));
    }

    /// <inheritdoc/>
    public IEmbeddingGenerator<string, Embedding<float>> CreateGenerator(EmbeddingConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection.CreateRemote(DefaultBaseUrl, defaultKeyVariable: null, new OllamaFailureClassifier(),
            line => Client(line, connection.Settings, connection.Profile.ModelId));
    }

    private static OllamaApiClient Client(ProviderLine line, ProviderSettings settings, string modelId)
    {
        line.Http.BaseAddress = line.BaseUrl;
        // Ollama itself wants no key; a proxy in front of it may
        if (settings.ApiKeyVariable is not null)
            line.Http.DefaultRequestHeaders.Authorization = new("Bearer", line.Key);
        return new OllamaApiClient(line.Http, modelId);
    }
}
