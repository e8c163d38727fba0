using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.Files;

namespace AgentRouter.Cli.Commands.Memory.Import;

/// <summary>Tells files of JSON that are no conversations, such as settings beside documents, from conversations that are damaged.</summary>
internal static class OtherJson
{
    private const long MostBytes = 64 * 1024 * 1024;

    /// <summary>Tells whether a file is JSON, and neither a list nor an object with <c>messages</c>.</summary>
    public static async Task<bool> IsAsync(string path, CancellationToken cancellationToken)
    {
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || new FileInfo(path).Length > MostBytes)
            return false;
        try
        {
            await using var content = new Utf8Stream(File.OpenRead(path), path);
            using JsonDocument document = await JsonDocument.ParseAsync(content, cancellationToken: cancellationToken);
            JsonElement root = document.RootElement;
            return root.ValueKind != JsonValueKind.Array && !(root.ValueKind == JsonValueKind.Object && root.TryGetProperty("messages", out _));
        }
        catch (Exception error) when (error is JsonException or ConfigurationException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
