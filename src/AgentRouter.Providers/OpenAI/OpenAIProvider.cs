using System.ClientModel;
using System.ClientModel.Primitives;
using AgentRouter.Providers.Calls;
using AgentRouter.Providers.Embeddings;
using Microsoft.Extensions.AI;
using OpenAI;

namespace AgentRouter.Providers.OpenAI;

/// <summary>OpenAI, and every server that speaks its protocol of Chat Completions and Embeddings: Azure's v1 endpoint, vLLM, OpenRouter, LM Studio, Gemini, Mistral, DeepSeek …</summary>
internal sealed class OpenAIProvider : IEmbeddingProvider
{
    private const string KeyVariable = "OPENAI_API_KEY";

    private static readonly Uri DefaultBaseUrl = new("https://api.openai.com/v1");

    /// <inheritdoc/>
    public string Kind => "openai";

    /// <inheritdoc/>
    public IChatClient CreateClient(ModelConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection.CreateRemote(DefaultBaseUrl, KeyVariable, new OpenAIFailureClassifier(), url => new OpenAIDialect(url),
            line => Client(line).GetChatClient(connection.Profile.ModelId).AsIChatClient());
    }

    /// <inheritdoc/>
    public IEmbeddingGenerator<string, Embedding<float>> CreateGenerator(EmbeddingConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection.CreateRemote(DefaultBaseUrl, KeyVariable, new OpenAIFailureClassifier(),
            line => Client(line).GetEmbeddingClient(connection.Profile.ModelId).AsIEmbeddingGenerator(connection.Profile.Dimensions));
    }

    private static OpenAIClient Client(ProviderLine line) => new(new ApiKeyCredential(line.Key), new OpenAIClientOptions
    {
        Endpoint = line.BaseUrl,
        Transport = new HttpClientPipelineTransport(line.Http),
        NetworkTimeout = Timeout.InfiniteTimeSpan,
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
    });
}
