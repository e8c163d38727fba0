using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AgentRouter.VectorStores.Tests.Qdrant.Fakes;

/// <summary>A server on the loopback interface that takes what Qdrant's REST API documents, does what it documents, and refuses everything else: unknown keys, names and
/// paths, missing headers, writes that are not waited for.</summary>
public sealed class FakeQdrant : IAsyncDisposable
{
    public const string Key = "planted-key-4711";

    private readonly WebApplication _app;
    private readonly Dictionary<string, FakeCollection> _collections = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    private FakeQdrant(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Gets the requests that came: method, path and query.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Gets the bodies that came.</summary>
    public ConcurrentQueue<string> Bodies { get; } = [];

    /// <summary>Gets or sets an answer to give instead of what a request asks for.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }

    public static async Task<FakeQdrant> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = 32 * 1024 * 1024;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        WebApplication app = builder.Build();
        var server = new FakeQdrant(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        Requests.Enqueue($"{request.Method} {request.Path}{request.QueryString}");
        if (Instead is { } instead)
        {
            await instead(context);
            return;
        }

        (int status, JsonNode answer) = (200, new JsonObject());
        try
        {
            string text = await new StreamReader(request.Body).ReadToEndAsync();
            Bodies.Enqueue(text);
            FakeRefusalException.Unless(request.Headers["api-key"] == Key, 401, "Must provide an API key or an Authorization bearer token");
            FakeRefusalException.Unless(text.Length == 0 || request.ContentType == "application/json", 400, "Content type error");
            answer = new JsonObject { ["result"] = Answer(request, text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject()), ["status"] = "ok", ["time"] = 0.001 };
        }
        catch (FakeRefusalException refusal)
        {
            (status, answer) = (refusal.Status, new JsonObject { ["status"] = new JsonObject { ["error"] = refusal.Message }, ["time"] = 0.001 });
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            (status, answer) = (400, new JsonObject { ["status"] = new JsonObject { ["error"] = "Format error in JSON body: " + exception.Message }, ["time"] = 0.001 });
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private JsonNode? Answer(HttpRequest request, JsonObject body)
    {
        string[] path = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        FakeRefusalException.Unless(path.Length >= 1 && path[0] == "collections", 404, "Not found");
        lock (_lock)
        {
            string call = $"{request.Method} {string.Join('/', path.Skip(2))}";
            if (path.Length == 1 && request.Method == "GET")
                return new JsonObject { ["collections"] = new JsonArray([.. _collections.Keys.Select(each => new JsonObject { ["name"] = each })]) };
            string name = path[1];
            FakeRefusalException.Unless(name.Length <= 255 && name.IndexOfAny(['<', '>', ':', '"', '/', '\\', '|', '?', '*', '\0', '\u001f']) < 0, 422, "Validation error in path parameters: collection name cannot contain this character");
            switch (call)
            {
                case "GET exists":
                    return new JsonObject { ["exists"] = _collections.ContainsKey(name) };
                case "DELETE ":
                    return _collections.Remove(name);
                case "PUT ":
                    FakeRefusalException.Unless(!_collections.ContainsKey(name), 409, $"Wrong input: Collection `{name}` already exists!");
                    _collections[name] = new FakeCollection(body);
                    return true;
            }

            FakeRefusalException.Unless(_collections.TryGetValue(name, out FakeCollection? collection), 404, $"Not found: Collection `{name}` doesn't exist!");
            // what is not waited for may not be seen by the next request: here it never is
            bool isWaitedFor = request.Query["wait"] == "true";
            return call switch
            {
                "PUT index" => collection!.AddIndex(body),
                "PUT points" => collection!.Upsert(body, isWaitedFor),
                "POST points" => collection!.Get(body),
                "POST points/delete" => collection!.Delete(body, isWaitedFor),
                "POST points/scroll" => collection!.Scroll(body),
                "POST points/query" => collection!.Query(body),
                _ => throw new FakeRefusalException(404, $"Not found: {call}"),
            };
        }
    }
}
