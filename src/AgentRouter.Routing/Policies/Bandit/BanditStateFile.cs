using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AgentRouter.Configuration;

namespace AgentRouter.Routing.Policies.Bandit;

/// <summary>Reads and writes what a bandit has learned: its verified outcomes, one a line in a JSON file.</summary>
/// <remarks>A file is replaced as a whole, so a reader never sees half of one. Of two processes that share a file, the last to write wins.</remarks>
internal static class BanditStateFile
{
    public const string Format = "agentrouter.bandit";

    public const int Version = 1;

    private const long MaxBytes = 32 * 1024 * 1024;
    private const int MaxFeaturesOfStep = 32;
    private const int MaxNameLength = 400;

    private static readonly JsonSerializerOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a file; one that is not there holds nothing.</summary>
    /// <exception cref="ConfigurationException">It is corrupt, too large, or not a bandit's.</exception>
    public static IReadOnlyList<VerifiedStep> Read(string path)
    {
        if (!File.Exists(path))
            return [];
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
                throw Bad(path, $"it is larger than {MaxBytes / 1024 / 1024} MB");
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            return Steps(document.RootElement, path);
        }
        catch (JsonException error)
        {
            throw Bad(path, $"it is not JSON: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The state of the policy 'bandit' cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Writes a file, or replaces it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, IEnumerable<VerifiedStep> steps)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string temporary = path + "." + Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + ".tmp";
        using (StreamWriter writer = File.CreateText(temporary))
        {
            writer.Write($$"""{ "format": "{{Format}}", "version": {{Version}}, "outcomes": [""");
            string separator = "\n";
            foreach (VerifiedStep step in steps)
            {
                writer.Write(separator);
                writer.Write(JsonSerializer.Serialize(new { model = step.Model, features = step.Features, score = step.Score, usd = step.Usd }, Line));
                separator = ",\n";
            }

            writer.Write("\n] }\n");
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static List<VerifiedStep> Steps(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out JsonElement format) || format.ValueKind != JsonValueKind.String || format.GetString() != Format)
            throw Bad(path, $"it is not the state of a bandit: its 'format' is not '{Format}'");
        if (!root.TryGetProperty("version", out JsonElement version) || !version.TryGetInt32Safe(out int number) || number != Version)
            throw Bad(path, $"its 'version' is not {Version}: another version of AgentRouter wrote it");
        if (!root.TryGetProperty("outcomes", out JsonElement outcomes) || outcomes.ValueKind != JsonValueKind.Array)
            throw Bad(path, "it has no list 'outcomes'");
        var steps = new List<VerifiedStep>();
        foreach (JsonElement outcome in outcomes.EnumerateArray())
            steps.Add(Step(outcome) ?? throw Bad(path, $"outcome {steps.Count + 1} needs a model, features, a score from 0 to 1 and a cost from 0"));
        return steps;
    }

    private static VerifiedStep? Step(JsonElement outcome)
    {
        if (outcome.ValueKind != JsonValueKind.Object
            || !outcome.TryGetProperty("model", out JsonElement model) || Name(model) is not { } modelName
            || !outcome.TryGetProperty("features", out JsonElement features) || features.ValueKind != JsonValueKind.Array || features.GetArrayLength() > MaxFeaturesOfStep
            || Number(outcome, "score") is not (>= 0 and <= 1 and var score) || Number(outcome, "usd") is not (>= 0 and < 1_000_000 and var usd))
            return null;
        var names = new List<string>();
        foreach (JsonElement feature in features.EnumerateArray())
        {
            if (Name(feature) is not { } name)
                return null;
            names.Add(name);
        }

        return new VerifiedStep(modelName, names, score, usd);
    }

    private static string? Name(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= MaxNameLength } text ? text : null;

    private static double? Number(JsonElement outcome, string name) =>
        outcome.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static bool TryGetInt32Safe(this JsonElement value, out int number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out number);
    }

    private static ConfigurationException Bad(string path, string why, Exception? cause = null) =>
        new($"{path} cannot be the state of the policy 'bandit': {why}. Restore the file, name another, or delete it to start anew.", cause);
}
