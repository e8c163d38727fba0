using AgentRouter.Providers.Calls;
using Microsoft.Extensions.AI;
using OllamaSharp;

namespace AgentRouter.Providers.Ollama;

/// <summary>Models that run on the user's own machine in Ollama.</summary>
internal sealed class OllamaProvider : IModelProvider
{
    private static readonly Uri DefaultBaseUrl = new("http://127.0.0.1:11434");

    /// <inheritdoc/>
    public string Kind => "ollama";

    /// <inheritdoc/>
    public IChatClient CreateClient(ModelConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection.CreateRemote(DefaultBaseUrl, defaultKeyVariable: null, new OllamaFailureClassifier(), _ => new OllamaDialect(), (http, baseUrl, key) =>
        {
            http.BaseAddress = baseUrl;
            // Ollama itself wants no key; a proxy in front of it may
            if (connection.Settings.ApiKeyVariable is not null)
                http.DefaultRequestHeaders.Authorization = new("Bearer", key);
            return new OllamaApiClient(http, connection.Profile.ModelId);
        });
    }
}
