using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Pricing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AgentRouter.Providers.Tests.Fakes;

/// <summary>A provider on the loopback interface that speaks a real protocol. What it does with a request is set by the test.</summary>
public sealed class FakeModelServer : IAsyncDisposable
{
    public const string Key = "sk-planted-key-4711";

    private const string RequestKey = "request";

    private readonly WebApplication _app;

    private FakeModelServer(WebApplication app, FakeProtocol protocol)
    {
        _app = app;
        Protocol = protocol;
        Answer(new FakeAnswer { Text = "Hello from the fake." });
    }

    public FakeProtocol Protocol { get; }

    /// <summary>Gets or sets what the server does with a request.</summary>
    public Func<HttpContext, Task> OnRequest { get; set; } = _ => Task.CompletedTask;

    /// <summary>Gets the bodies of the requests that came.</summary>
    public ConcurrentQueue<JsonNode> Requests { get; } = [];

    /// <summary>Gets the headers of the requests that came.</summary>
    public ConcurrentQueue<IHeaderDictionary> Headers { get; } = [];

    public static async Task<FakeModelServer> StartAsync(string kind)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        var server = new FakeModelServer(app, FakeProtocol.Of(kind));
        foreach (string path in new[] { server.Protocol.Path, server.Protocol.EmbeddingPath }.OfType<string>())
            app.MapPost(path, server.TakeAsync);
        await app.StartAsync();
        return server;
    }

    private async Task TakeAsync(HttpContext context)
    {
        Headers.Enqueue(new HeaderDictionary(context.Request.Headers.ToDictionary()));
        JsonNode request = (await JsonNode.ParseAsync(context.Request.Body))!;
        context.Items[RequestKey] = request;
        Requests.Enqueue(request);
        await OnRequest(context);
    }

    /// <summary>Answers every request with these vectors, whatever it asks for.</summary>
    public void Embed(int? tokens, params float[][] vectors) => OnRequest = context => WriteAsync(context, 200, "application/json", Protocol.Embeddings(vectors, tokens));

    /// <summary>Answers every request with this answer, streamed when the request asks for it.</summary>
    public void Answer(FakeAnswer answer) => OnRequest = async context =>
    {
        // others may have come meanwhile
        var request = (JsonNode)context.Items[RequestKey]!;
        // Ollama streams unless it is told not to
        bool stream = (bool?)request["stream"] ?? Protocol.Kind == "ollama";
        if (!stream)
        {
            await WriteAsync(context, 200, "application/json", Protocol.Whole(answer).ToJsonString());
            return;
        }

        context.Response.ContentType = Protocol.StreamType;
        foreach (string part in Protocol.Stream(answer))
        {
            await context.Response.WriteAsync(part);
            await context.Response.Body.FlushAsync();
        }
    };

    /// <summary>Answers every request with an error.</summary>
    public void Fail(int status, string body, string? retryAfter = null) => OnRequest = context =>
    {
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        return WriteAsync(context, status, "application/json", body);
    };

    public static async Task WriteAsync(HttpContext context, int status, string type, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.WriteAsync(body);
    }

    /// <summary>Makes the real client for this server through the factory.</summary>
    public ModelSet Connect(TimeProvider? timeProvider = null, TimeSpan? timeout = null, string? key = Key, int maxOutputTokens = 500, TimeSpan cacheTimeToLive = default) => ModelSetFactory.Create(
        Configuration(timeout, key) with
        {
            Models =
            [
                new ModelProfile
                {
                    Name = "m", ModelId = "fake-model", Tier = "small", Provider = "fake", Prices = ModelPrices.Free,
                    MaxOutputTokens = maxOutputTokens, CacheTimeToLive = cacheTimeToLive,
                },
            ],
        },
        Secrets(key),
        timeProvider);

    /// <summary>Makes the real generator for this server through the factory.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> ConnectEmbeddings(TimeProvider? timeProvider = null, TimeSpan? timeout = null, string? key = Key, int? dimensions = null) => EmbeddingGeneratorFactory.Create(
        new EmbeddingProfile { Name = "e", Provider = "fake", ModelId = "fake-model", Prices = ModelPrices.Free, Dimensions = dimensions }, Configuration(timeout, key), Secrets(key), timeProvider);

    private RouterConfiguration Configuration(TimeSpan? timeout, string? key) => new()
    {
        SourceFile = "agentrouter.yaml",
        Tiers = ["small"],
        Providers = new Dictionary<string, ProviderSettings>
        {
            ["fake"] = new()
            {
                Name = "fake",
                Kind = Protocol.Kind,
                ApiKeyVariable = key is null ? null : "FAKE_KEY",
                Timeout = timeout ?? TimeSpan.FromSeconds(60),
                BaseUrl = new Uri(_app.Urls.Single() + (Protocol.Kind == "openai" ? "/v1" : "")),
            },
        },
    };

    private static FakeSecrets Secrets(string? key) => new(key is null ? [] : new() { ["FAKE_KEY"] = key });

    public static async Task<ChatResponse> AskAsync(IChatClient client, bool streaming, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] messages = [new(ChatRole.System, "You are a test."), new(ChatRole.User, "Hello?")];
        return streaming
            ? await client.GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken)
            : await client.GetResponseAsync(messages, options, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }
}
