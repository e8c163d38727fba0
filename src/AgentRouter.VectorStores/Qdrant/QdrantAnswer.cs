using System.Text.Json;

namespace AgentRouter.VectorStores.Qdrant;

/// <summary>Reads answers of Qdrant, of which every byte may be anything.</summary>
internal static class QdrantAnswer
{
    /// <summary>Reads what was asked for.</summary>
    /// <exception cref="QdrantException">The server refused, or the answer is too long or none of Qdrant's.</exception>
    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
            throw new QdrantException($"{await ReadErrorAsync(response.Content, cancellationToken)} (HTTP {(int)response.StatusCode})", response.StatusCode);
        byte[] body = await ReadAsync(response.Content, QdrantDefaults.MaxAnswerBytes, cancellationToken);
        if (body.Length > QdrantDefaults.MaxAnswerBytes)
            throw new QdrantException($"The answer is longer than {QdrantDefaults.MaxAnswerBytes} bytes; ask for fewer records.");
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.GetProperty("result").Clone();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new QdrantException("The answer is none of Qdrant's; check the address.", cause: exception);
        }
    }

    private static async Task<string> ReadErrorAsync(HttpContent content, CancellationToken cancellationToken)
    {
        byte[] body = await ReadAsync(content, QdrantDefaults.MaxErrorBytes, cancellationToken);
        string text = System.Text.Encoding.UTF8.GetString(body);
        try
        {
            using var document = JsonDocument.Parse(body);
            text = document.RootElement.GetProperty("status").GetProperty("error").GetString() ?? text;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // not Qdrant's own words: a proxy's, say
        }

        string line = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
        return line.Length == 0 ? "No reason was given" : line.Length <= QdrantDefaults.MaxErrorText ? line : line[..QdrantDefaults.MaxErrorText] + "…";
    }

    /// <summary>Reads a body, and one byte more than the limit where it goes on.</summary>
    private static async Task<byte[]> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        await using Stream stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        byte[] buffer = new byte[81_920];
        int read;
        while (body.Length <= limit && (read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            body.Write(buffer, 0, (int)Math.Min(read, limit + 1L - body.Length));
        return body.ToArray();
    }
}
