using System.Text.Json;

namespace AgentRouter.Providers.Calls;

/// <summary>An error as a provider reported it. The texts are the provider's own: untrusted.</summary>
/// <param name="Status">The HTTP status; 0 for an error inside a stream.</param>
/// <param name="Type">The error's type, such as <c>rate_limit_error</c>.</param>
/// <param name="Code">The error's code, such as <c>context_length_exceeded</c>.</param>
/// <param name="Message">What the provider says.</param>
internal sealed record ProviderError(int Status, string? Type, string? Code, string Message)
{
    private const int MaxMessage = 500;

    /// <summary>Reads the error shapes in use: <c>{"error":{"type","code","message"}}</c>, <c>{"error":"text"}</c>, the same fields at the
    /// top, <c>{"detail":"text"}</c>; anything else is shown as it is.</summary>
    public static ProviderError Parse(int status, string body)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            JsonElement root = json.RootElement;
            if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0)
                root = root[0];
            if (root.ValueKind == JsonValueKind.Object)
            {
                JsonElement error = root.TryGetProperty("error", out JsonElement inner) ? inner : root;
                if (error.ValueKind == JsonValueKind.String)
                    return new ProviderError(status, null, null, Shorten(error.GetString()!));
                if (error.ValueKind == JsonValueKind.Object)
                    return new ProviderError(status, Text(error, "type"), Text(error, "code"), Shorten(Text(error, "message") ?? Text(error, "detail") ?? body));
            }
        }
        catch (JsonException)
        {
            // a proxy's HTML page, for example
        }

        return new ProviderError(status, null, null, Shorten(body));
    }

    /// <summary>Says whether the message contains one of these phrases, in any case.</summary>
    public bool Says(params ReadOnlySpan<string> phrases)
    {
        foreach (string phrase in phrases)
        {
            if (Message.Contains(phrase, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static string? Text(JsonElement error, string name) => !error.TryGetProperty(name, out JsonElement value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    /// <summary>Makes an untrusted text fit for a message: one line, at most 500 characters.</summary>
    public static string Shorten(string text)
    {
        string line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length > MaxMessage ? line[..MaxMessage] + "…" : line;
    }
}
