using System.Text.Encodings.Web;
using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.Files;

namespace AgentRouter.Skills.Rankers;

/// <summary>Reads and writes a trained ranker: JSON that says what each number counts, and what it was trained on.</summary>
internal static class RankerFile
{
    /// <summary>The format this version writes and reads.</summary>
    public const string Format = "agentrouter.skill-ranker/1";

    /// <summary>What the format of every version begins with.</summary>
    public const string FormatName = "agentrouter.skill-ranker/";

    private const long MaxBytes = 1024 * 1024;
    private const int MostWeights = 200;
    private const double LargestWeight = 1e6;
    private const int Digits = 4;

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads the weights of a file.</summary>
    /// <exception cref="ConfigurationException">It is missing, corrupt, or another version wrote it.</exception>
    public static IReadOnlyDictionary<string, double> Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new ConfigurationException($"There is no ranker {path}. 'agentrouter skills train' makes one.");
        if (file.Length > MaxBytes)
            throw Bad(path, "it is larger than 1 MiB");
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Weights(document.RootElement, path);
        }
        catch (JsonException error)
        {
            throw new ConfigurationException($"{path}:{(error.LineNumber ?? 0) + 1}: the ranker is not JSON: {JsonProblem.Of(error)}. Train it again.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The ranker cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Writes a file, or replaces it as a whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="weights">What each number counts.</param>
    /// <param name="card">What it was trained on.</param>
    public static void Write(string path, IReadOnlyDictionary<string, double> weights, RankerCard card)
    {
        string text = JsonSerializer.Serialize(new Content(Format, card, weights.ToDictionary(weight => weight.Key, weight => Math.Round(weight.Value, Digits))), Readable) + "\n";
        WholeFile.Replace(path, temporary => File.WriteAllText(temporary, text));
    }

    private static Dictionary<string, double> Weights(JsonElement root, string path)
    {
        string? format = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("format", out JsonElement said) && said.ValueKind == JsonValueKind.String ? said.GetString() : null;
        if (format != Format)
            throw Bad(path, $"its 'format' is not '{Format}'{(format?.StartsWith(FormatName, StringComparison.Ordinal) == true ? ": another version of AgentRouter wrote it" : "")}");
        if (!root.TryGetProperty("weights", out JsonElement weights) || weights.ValueKind != JsonValueKind.Object)
            throw Bad(path, "it has no object 'weights'");
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

    private static ConfigurationException Bad(string path, string why) => new($"{path} cannot be a ranker of skills: {why}. Train it again, or name another file.");

    private sealed record Content(string Format, RankerCard Card, Dictionary<string, double> Weights);
}

/// <summary>What a ranker was trained on, and what it was seen to bring.</summary>
/// <param name="Pool">The pool, as it was named.</param>
/// <param name="Tasks">How many tasks it was trained on.</param>
/// <param name="Seed">The seed of the folds and intervals.</param>
/// <param name="Pull">How strongly it was held to the recipe.</param>
/// <param name="Mrr10">The mean reciprocal rank among ten, of tasks that it had not seen, by the recipe and by the ranker.</param>
internal sealed record RankerCard(string Pool, int Tasks, int Seed, double Pull, RankerGain Mrr10);

/// <summary>A figure by the recipe and by a ranker, with the 95 % interval of the gain, task by task.</summary>
internal sealed record RankerGain(double Recipe, double Ranker, double Low, double High);
