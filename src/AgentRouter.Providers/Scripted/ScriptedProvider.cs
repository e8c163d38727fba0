using AgentRouter.Configuration;
using AgentRouter.Providers.Calls;
using AgentRouter.Providers.Embeddings;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Scripted;

/// <summary>Models that answer from a script.</summary>
internal sealed class ScriptedProvider : IEmbeddingProvider
{
    /// <inheritdoc/>
    public string Kind => ScriptedConfiguration.ProviderName;

    /// <inheritdoc/>
    public IChatClient CreateClient(ModelConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        string script = connection.Settings.Script
            ?? throw new ConfigurationException($"Provider '{connection.Settings.Name}' is scripted but names no script; add 'script: FILE.yaml'.");
        return new ScriptedChatClient(Script.Load(connection.FullPath(script)), connection.Profile, connection.TimeProvider);
    }

    /// <inheritdoc/>
    public IEmbeddingGenerator<string, Embedding<float>> CreateGenerator(EmbeddingConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new ScriptedEmbeddingGenerator(connection.Profile);
    }
}
