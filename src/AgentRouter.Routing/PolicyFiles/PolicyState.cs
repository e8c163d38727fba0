using System.Text.Encodings.Web;
using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.Files;

namespace AgentRouter.Routing.PolicyFiles;

/// <summary>The file in which what a policy learns while it runs survives restarts: JSON with a line for each item. Not thread-safe.</summary>
/// <remarks>A file is replaced as a whole, so a reader never sees half of one. Of two processes that share a file, the last to write wins.</remarks>
/// <typeparam name="T">What is learned.</typeparam>
/// <param name="format">What the file is, and how an item is written in it.</param>
/// <param name="path">The file; <see langword="null"/> keeps nothing.</param>
internal sealed class PolicyState<T>(StateFormat<T> format, string? path)
    where T : class
{
    private const long MaxBytes = 32 * 1024 * 1024;

    /// <summary>A state is a whole file, so it is not written at every change; a crash loses at most this many.</summary>
    private const int WriteEvery = 10;

    private static readonly JsonSerializerOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private int _unsaved;

    /// <summary>Reads the file; one that is not there holds nothing.</summary>
    /// <exception cref="ConfigurationException">It is corrupt, too large, or of another policy.</exception>
    public IReadOnlyList<T> Read()
    {
        if (path is null || !File.Exists(path))
            return [];
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
                throw Bad($"it is larger than {MaxBytes / 1024 / 1024} MB");
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            return Items(document.RootElement);
        }
        catch (JsonException error)
        {
            throw Bad($"it is not JSON: {JsonProblem.Of(error)}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The state of the policy '{format.Policy}' cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Notes changes, and writes the file now and then.</summary>
    /// <param name="items">All that is known.</param>
    /// <param name="count">How many changes there were.</param>
    public void Changed(IEnumerable<T> items, int count = 1)
    {
        _unsaved += count;
        if (_unsaved < WriteEvery)
            return;
        try
        {
            Flush(items);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // the work goes on; it is tried again later, and the last time it is told
        }
    }

    /// <summary>Writes the file if anything has changed since it was last written.</summary>
    /// <param name="items">All that is known.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Flush(IEnumerable<T> items)
    {
        if (path is null || _unsaved == 0)
            return;
        Write(items);
        _unsaved = 0;
    }

    /// <summary>Writes the file, or replaces it.</summary>
    /// <param name="items">All that it is to hold.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(IEnumerable<T> items)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path!))!);
        WholeFile.Replace(path!, temporary =>
        {
            using StreamWriter writer = File.CreateText(temporary);
            writer.Write($$"""{ "format": "{{format.Format}}", "version": {{format.Version}}, "{{format.Items}}": [""");
            string separator = "\n";
            foreach (T item in items)
            {
                writer.Write(separator);
                writer.Write(JsonSerializer.Serialize(format.Write(item), Line));
                separator = ",\n";
            }

            writer.Write("\n] }\n");
        });
    }

    private List<T> Items(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out JsonElement kind) || kind.ValueKind != JsonValueKind.String || kind.GetString() != format.Format)
            throw Bad($"it is not the state of a {format.Policy}: its 'format' is not '{format.Format}'");
        if (!root.TryGetProperty("version", out JsonElement version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out int number) || number != format.Version)
            throw Bad($"its 'version' is not {format.Version}: another version of AgentRouter wrote it");
        if (!root.TryGetProperty(format.Items, out JsonElement list) || list.ValueKind != JsonValueKind.Array)
            throw Bad($"it has no list '{format.Items}'");
        var items = new List<T>();
        foreach (JsonElement item in list.EnumerateArray())
            items.Add((item.ValueKind == JsonValueKind.Object ? format.Read(item) : null) ?? throw Bad($"item {items.Count + 1} of '{format.Items}' needs {format.Needs}"));
        return items;
    }

    private ConfigurationException Bad(string why, Exception? cause = null) =>
        new($"{path} cannot be the state of the policy '{format.Policy}': {why}. Restore the file, name another, or delete it to start anew.", cause);
}
