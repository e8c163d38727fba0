using AgentRouter.Providers.Calls;
using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Anthropic;

/// <summary>Anthropic's Messages API.</summary>
internal sealed class AnthropicProvider : IModelProvider
{
    private static readonly Uri DefaultBaseUrl = new("https://api.anthropic.com");

    // out of the way: the time is kept around the SDK, with an injected clock
    private static readonly TimeSpan SdkTimeout = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public string Kind => "anthropic";

    /// <inheritdoc/>
    public IChatClient CreateClient(ModelConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection.CreateRemote(DefaultBaseUrl, "ANTHROPIC_API_KEY", new AnthropicFailureClassifier(), _ => new AnthropicDialect(), line =>
        {
            var options = new ClientOptions
            {
                HttpClient = line.Http,
                BaseUrl = line.BaseUrl.ToString().TrimEnd('/'),
                ApiKey = line.Key,
                MaxRetries = 0,
                Timeout = SdkTimeout,
            };
            return new AnthropicClient(options).AsIChatClient(connection.Profile.ModelId, connection.Profile.MaxOutputTokens);
        });
    }
}
