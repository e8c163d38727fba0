using System.Text.Encodings.Web;
using System.Text.Json;
using AgentRouter.Configuration;

namespace AgentRouter.Files;

/// <summary>Reads and writes what was learned: JSON that people can read, with groups of weights by name, and a card that says what they were trained on.</summary>
/// <param name="format">The format with its version, such as <c>agentrouter.skill-ranker/1</c>.</param>
/// <param name="name">What the file is called in messages: <c>ranker</c>.</param>
/// <param name="what">What it is, with its article: <c>a ranker of skills</c>.</param>
/// <param name="command">The command that makes it.</param>
internal sealed class WeightsFile(string format, string name, string what, string command)
{
    private const long MaxBytes = 1024 * 1024;
    private const int MostWeights = 200;
    private const double LargestWeight = 1e6;

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads the weights of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="groups">The names of the objects that hold weights.</param>
    /// <returns>For each group its weights by name.</returns>
    /// <exception cref="ConfigurationException">It is missing, corrupt, or another version wrote it.</exception>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> Read(string path, params ReadOnlySpan<string> groups)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new ConfigurationException($"There is no {name} {path}. '{command}' makes one.");
        if (file.Length > MaxBytes)
            throw Bad(path, "it is larger than 1 MiB");
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { AllowDuplicateProperties = false });
            RequireFormat(document.RootElement, path);
            var read = new List<IReadOnlyDictionary<string, double>>();
            foreach (string group in groups)
                read.Add(Weights(document.RootElement, group, path));
            return read;
        }
        catch (JsonException error)
        {
            throw new ConfigurationException($"{path}:{(error.LineNumber ?? 0) + 1}: the {name} is not JSON: {JsonProblem.Of(error)}. Train it again.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The {name} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Writes a file, or replaces it as a whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What it holds: its format, its card and its weights.</param>
    public static void Write(string path, object content)
    {
        string text = JsonSerializer.Serialize(content, Readable) + "\n";
        WholeFile.Replace(path, temporary => File.WriteAllText(temporary, text));
    }

    private void RequireFormat(JsonElement root, string path)
    {
        string? said = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("format", out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (said != format)
            throw Bad(path, $"its 'format' is not '{format}'{(said?.StartsWith(format[..(format.IndexOf('/', StringComparison.Ordinal) + 1)], StringComparison.Ordinal) == true ? ": another version of AgentRouter wrote it" : "")}");
    }

    private Dictionary<string, double> Weights(JsonElement root, string group, string path)
    {
        if (!root.TryGetProperty(group, out JsonElement weights) || weights.ValueKind != JsonValueKind.Object)
            throw Bad(path, $"it has no object '{group}'");
        var read = new Dictionary<string, double>();
        foreach (JsonProperty weight in weights.EnumerateObject())
        {
            if (read.Count == MostWeights)
                throw Bad(path, $"it has more than {MostWeights} weights");
            if (weight.Value.ValueKind != JsonValueKind.Number || weight.Value.GetDouble() is not (>= -LargestWeight and <= LargestWeight and var value))
                throw Bad(path, $"the weight '{weight.Name}' is not a number from -1,000,000 to 1,000,000");
            read[weight.Name] = value;
        }

        return read;
    }

    private ConfigurationException Bad(string path, string why) => new($"{path} cannot be {what}: {why}. Train it again, or name another file.");
}
