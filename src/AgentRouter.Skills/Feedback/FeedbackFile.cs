using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.Files;
using AgentRouter.Skills.Sources;

namespace AgentRouter.Skills.Feedback;

/// <summary>Reads and writes what verified work has shown of skills: a JSON file with a line for each skill.</summary>
/// <remarks>A file is replaced as a whole, so a reader never sees half of one. Of two processes that share a file, the last to write wins. Words stand in it as
/// numbers: nobody reads from it what the tasks were.</remarks>
internal static class FeedbackFile
{
    private const string Format = "agentrouter.skill-feedback";
    private const int Version = 1;
    private const long MaxBytes = 32 * 1024 * 1024;
    private const int Digits = 6;

    private static readonly JsonSerializerOptions Line = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Reads a file; one that is not there holds nothing.</summary>
    /// <exception cref="ConfigurationException">It is corrupt, too large, of another kind, or cannot be read.</exception>
    public static Dictionary<string, SkillRecord> Read(string path)
    {
        if (Directory.Exists(path))
            throw new ConfigurationException($"{path} is a folder. What is learned of skills is kept in a file: name one in it.");
        if (!File.Exists(path))
            return [];
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
                throw Bad(path, $"it is larger than {MaxBytes / 1024 / 1024} MiB");
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            return Rows(document.RootElement, path);
        }
        catch (JsonException error)
        {
            throw Bad(path, $"it is not JSON: {JsonProblem.Of(error)}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"What was learned of skills cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Writes a file, or replaces it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, SkillRecord> skills)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        WholeFile.Replace(path, temporary =>
        {
            using StreamWriter writer = File.CreateText(temporary);
            writer.Write($$"""{ "format": "{{Format}}", "version": {{Version}}, "skills": [""");
            string separator = "\n";
            foreach ((string name, SkillRecord record) in skills.OrderBy(skill => skill.Key, StringComparer.Ordinal))
            {
                writer.Write(separator);
                writer.Write(JsonSerializer.Serialize(new Row(name, record.Right, record.Wrong, record.At, Hexadecimal(record.Terms)), Line));
                separator = ",\n";
            }

            writer.Write("\n] }\n");
        });
    }

    private static Dictionary<string, SkillRecord> Rows(JsonElement root, string path)
    {
        if (Property(root, "format", JsonValueKind.String)?.GetString() != Format)
            throw Bad(path, $"its 'format' is not '{Format}'");
        if (Property(root, "version", JsonValueKind.Number) is not { } version || !version.TryGetInt32(out int number) || number != Version)
            throw Bad(path, $"its 'version' is not {Version}: another version of AgentRouter wrote it");
        if (Property(root, "skills", JsonValueKind.Array) is not { } list)
            throw Bad(path, "it has no list 'skills'");
        if (list.GetArrayLength() > FeedbackDefaults.MostSkills)
            throw Bad(path, string.Create(CultureInfo.InvariantCulture, $"it has more than {FeedbackDefaults.MostSkills} skills"));
        var skills = new Dictionary<string, SkillRecord>();
        foreach (JsonElement element in list.EnumerateArray())
        {
            int at = skills.Count + 1;
            if (Record(element) is not var (name, record))
                throw Bad(path, string.Create(CultureInfo.InvariantCulture, $"skill {at} needs a name, the counts right and wrong, a time 'at', and 'terms': weights from -1 to 1 by hexadecimal number"));
            if (!skills.TryAdd(name, record))
                throw Bad(path, $"the skill '{name}' is there twice");
        }

        return skills;
    }

    private static (string Name, SkillRecord Record)? Record(JsonElement element)
    {
        try
        {
            if (element.Deserialize<Row>(Line) is { } row && row.Name.Length is > 0 and <= SkillLimits.NameLength && row.Right >= 0 && row.Wrong >= 0
                && row.Terms.Count <= FeedbackDefaults.MostTerms && row.Terms.All(term => IsNumber(term.Key) && term.Value is >= -1 and <= 1))
            {
                return (row.Name, new SkillRecord(row.Right, row.Wrong, row.At, row.Terms.ToDictionary(term => ulong.Parse(term.Key, NumberStyles.HexNumber, CultureInfo.InvariantCulture), term => term.Value)));
            }
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // told by the caller; a number that is written in two ways is an argument that is there twice
        }

        return null;
    }

    private static bool IsNumber(string text) => ulong.TryParse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out _);

    private static Dictionary<string, double> Hexadecimal(IReadOnlyDictionary<ulong, double> terms) =>
        terms.OrderBy(term => term.Key).ToDictionary(term => term.Key.ToString("x16", CultureInfo.InvariantCulture), term => Math.Round(term.Value, Digits));

    private static JsonElement? Property(JsonElement root, string name, JsonValueKind kind) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind ? value : null;

    private static ConfigurationException Bad(string path, string why, Exception? cause = null) =>
        new($"{path} cannot be what was learned of skills: {why}. Restore the file, name another, or delete it to start anew.", cause);

    private sealed record Row(string Name, int Right, int Wrong, DateTimeOffset At, Dictionary<string, double> Terms);
}
