using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.Files;

namespace AgentRouter.Workflows.Preferences;

/// <summary>Reads and writes a table of preferences: a JSON file with a line for each.</summary>
/// <remarks>A file is replaced as a whole, so a reader never sees half of one. Of two processes that share a file, the last to write wins.</remarks>
internal static class PreferenceFile
{
    public const string Format = "agentrouter.preferences";

    public const int Version = 1;

    private const long MaxBytes = 16 * 1024 * 1024;
    private const int MaxNameLength = 400;
    private const double MaxUsd = 1_000_000;

    private static readonly JsonSerializerOptions Line = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Reads a file; one that is not there holds nothing.</summary>
    /// <exception cref="ConfigurationException">It is corrupt, too large, of another kind, or cannot be read.</exception>
    public static IReadOnlyList<AgentPreference> Read(string path)
    {
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
            throw new ConfigurationException($"The preferences of agents cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Writes a file, or replaces it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public static void Write(string path, IEnumerable<AgentPreference> rows)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        WholeFile.Replace(path, temporary =>
        {
            using StreamWriter writer = File.CreateText(temporary);
            writer.Write($$"""{ "format": "{{Format}}", "version": {{Version}}, "preferences": [""");
            string separator = "\n";
            foreach (AgentPreference row in rows)
            {
                writer.Write(separator);
                writer.Write(JsonSerializer.Serialize(row, Line));
                separator = ",\n";
            }

            writer.Write("\n] }\n");
        });
    }

    private static List<AgentPreference> Rows(JsonElement root, string path)
    {
        if (Property(root, "format", JsonValueKind.String)?.GetString() != Format)
            throw Bad(path, $"its 'format' is not '{Format}'");
        if (Property(root, "version", JsonValueKind.Number) is not { } version || !version.TryGetInt32(out int number) || number != Version)
            throw Bad(path, $"its 'version' is not {Version}: another version of AgentRouter wrote it");
        if (Property(root, "preferences", JsonValueKind.Array) is not { } list)
            throw Bad(path, "it has no list 'preferences'");
        if (list.GetArrayLength() > PreferenceDefaults.MostRemembered)
            throw Bad(path, $"it has more than {PreferenceDefaults.MostRemembered.ToString(CultureInfo.InvariantCulture)} preferences");
        var rows = new List<AgentPreference>();
        var seen = new HashSet<PreferenceKey>();
        foreach (JsonElement element in list.EnumerateArray())
        {
            AgentPreference row = Row(element, rows.Count + 1, path);
            if (!seen.Add(new PreferenceKey(row.Kind, row.From, row.To)))
                throw Bad(path, $"preference {rows.Count + 1} is there twice: kind '{row.Kind}', from '{row.From}', to '{row.To}'");
            rows.Add(row);
        }

        return rows;
    }

    private static AgentPreference Row(JsonElement element, int number, string path)
    {
        try
        {
            if (element.Deserialize<AgentPreference>(Line) is { } row && Fits(row))
                return row;
        }
        catch (JsonException)
        {
            // told below
        }

        throw Bad(path, string.Create(CultureInfo.InvariantCulture,
            $"preference {number} needs kind, from and to, a preference from 0 to {PreferenceDefaults.Reward}, the counts chosen, right and wrong, a cost 'usd' from 0, and a time 'at'"));
    }

    private static bool Fits(AgentPreference row) =>
        IsName(row.Kind) && IsName(row.From) && IsName(row.To)
        && row.Preference is >= 0 and <= PreferenceDefaults.Reward && row.Usd is >= 0 and <= MaxUsd
        && row.Chosen >= 0 && row.Right >= 0 && row.Wrong >= 0;

    private static bool IsName(string text) => text.Length is > 0 and <= MaxNameLength;

    private static JsonElement? Property(JsonElement root, string name, JsonValueKind kind) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind ? value : null;

    private static ConfigurationException Bad(string path, string why, Exception? cause = null) =>
        new($"{path} cannot be the preferences of agents: {why}. Restore the file, name another, or delete it to start anew.", cause);
}
