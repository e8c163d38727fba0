using System.ClientModel;
using System.ClientModel.Primitives;
using AgentRouter.Providers.Calls;
using Microsoft.Extensions.AI;
using OpenAI;

namespace AgentRouter.Providers.OpenAI;

/// <summary>OpenAI, and every server that speaks its Chat Completions protocol: Azure's v1 endpoint, vLLM, OpenRouter, LM Studio, Gemini, Mistral, DeepSeek …</summary>
internal sealed class OpenAIProvider : IModelProvider
{
    private static readonly Uri DefaultBaseUrl = new("https://api.openai.com/v1");

    /// <inheritdoc/>
    public string Kind => "openai";

    /// <inheritdoc/>
    public IChatClient CreateClient(ModelConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection.CreateRemote(DefaultBaseUrl, "OPENAI_API_KEY", new OpenAIFailureClassifier(), url => new OpenAIDialect(url), (http, baseUrl, key) =>
        {
            var options = new OpenAIClientOptions
            {
                Endpoint = baseUrl,
                Transport = new HttpClientPipelineTransport(http),
                NetworkTimeout = Timeout.InfiniteTimeSpan,
                RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            };
            return new OpenAIClient(new ApiKeyCredential(key), options).GetChatClient(connection.Profile.ModelId).AsIChatClient();
        });
    }
}
