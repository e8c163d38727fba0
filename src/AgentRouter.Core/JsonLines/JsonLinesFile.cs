using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.Files;

namespace AgentRouter.JsonLines;

/// <summary>Reads files of JSON Lines, plain or gzip: one object a line.</summary>
internal static class JsonLinesFile
{
    /// <summary>The longest line that is read, in characters: a task with its whole prompt is far below.</summary>
    public const int MaxLineLength = 16 * 1024 * 1024;

    /// <summary>Reads a file line by line, empty lines left out, each with its <c>file:line</c>.</summary>
    /// <param name="path">The file; packed when its name ends with <c>.gz</c>.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ConfigurationException">The file is a folder, damaged or no UTF-8, or a line is no JSON object; the message says where.</exception>
    public static async IAsyncEnumerable<(JsonElement Line, string Location)> ReadAsync(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
            throw new ConfigurationException($"{path} is a folder. Name a file of JSON Lines.");
        bool isPacked = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        if (isPacked)
            await GzipCheck.RequireWholeAsync(path, cancellationToken).ConfigureAwait(false);
        await using Stream file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, useAsync: true);
        await using Stream content = isPacked ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(new Utf8Stream(content, path));
        for (int number = 1; ; number++)
        {
            string location = string.Create(CultureInfo.InvariantCulture, $"{path}:{number}");
            string? line = await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (line is null)
                yield break;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (line.Length > MaxLineLength)
                throw new ConfigurationException($"{location}: the line has {line.Length:N0} characters; at most {MaxLineLength:N0} are read.");
            yield return (Parse(line, location), location);
        }
    }

    /// <summary>Names what kind of JSON value something is, for messages.</summary>
    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    private static JsonElement Parse(string line, string location)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false });
            JsonElement root = document.RootElement.Clone();
            return root.ValueKind == JsonValueKind.Object ? root : throw new ConfigurationException($"{location}: a line is a JSON object, not {Kind(root)}.");
        }
        catch (JsonException error)
        {
            throw new ConfigurationException($"{location}: the line is not JSON: {JsonProblem.InLine(error)}.", error);
        }
    }
}
