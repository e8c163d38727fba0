using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.VectorStores.Records;

namespace AgentRouter.VectorStores.Qdrant;

/// <summary>Sends requests to Qdrant's REST API, once each: retries are the business of the HTTP client that is handed in.</summary>
internal sealed class QdrantSession(HttpClient client, Uri endpoint, string? apiKey, string? collection)
{
    private readonly StoreOperation _operations = new(QdrantDefaults.SystemName, null, collection, Explain);

    public Task<JsonElement> SendAsync(string operation, HttpMethod method, string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        RunAsync(operation, () => SendAsync(method, path, body, cancellationToken));

    public Task<JsonElement> SendAsync(string operation, HttpMethod method, string path, JsonObject body, CancellationToken cancellationToken) =>
        RunAsync(operation, () => SendAsync(method, path, body, cancellationToken));

    /// <summary>Runs work and reads its answers; what in them is none of Qdrant's fails like what the server refuses.</summary>
    public Task<T> RunAsync<T>(string operation, Func<Task<T>> run) => _operations.RunAsync(operation, run);

    /// <summary>Gets the path of a collection.</summary>
    public static string PathOf(string name) => $"collections/{Uri.EscapeDataString(name)}";

    public async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken)
    {
        JsonElement result = await SendAsync(HttpMethod.Get, $"{PathOf(name)}/exists", default(ReadOnlyMemory<byte>?), cancellationToken);
        return result.GetProperty("exists").GetBoolean();
    }

    /// <summary>Deletes a collection; one that is not there is no error.</summary>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(HttpMethod.Delete, PathOf(name), default(ReadOnlyMemory<byte>?), cancellationToken);
            return true;
        }
        catch (QdrantException exception) when (exception.Status == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    public Task<JsonElement> SendAsync(HttpMethod method, string path, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(method, path, Encoding.UTF8.GetBytes(body.ToJsonString()), cancellationToken);

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte>? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(endpoint, path));
        if (apiKey is not null)
            request.Headers.Add(QdrantDefaults.KeyHeader, apiKey);
        if (body is { } json)
            request.Content = new ReadOnlyMemoryContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return await QdrantAnswer.ReadAsync(response, cancellationToken);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new QdrantException("The HTTP client's time ran out.", cause: exception);
        }
    }

    private static string? Explain(Exception exception) => exception switch
    {
        ObjectDisposedException => null,
        QdrantException or HttpRequestException or IOException => exception.Message,
        KeyNotFoundException or InvalidOperationException or FormatException or JsonException => $"the answer is none of Qdrant's: {exception.Message}",
        _ => null,
    };
}
