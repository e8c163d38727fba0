using System.Text.Json;
using AgentRouter.Configuration;

namespace AgentRouter.Routing.Learning;

/// <summary>Reads the parts of a trained file: bounded, finite, of the right length, with the place in the message when not.</summary>
internal sealed class PredictorReader
{
    private const int MaxName = 1_000;
    private const int MaxNumbers = 16_000_000;
    private readonly JsonElement _json;
    private readonly string _location;

    /// <summary>Reads an object.</summary>
    /// <param name="json">The object.</param>
    /// <param name="location">Where it stands, for messages.</param>
    public PredictorReader(JsonElement json, string location)
    {
        _json = json;
        _location = location;
        if (json.ValueKind != JsonValueKind.Object)
            throw new ConfigurationException($"{location}: it is not a JSON object. Is it a file that was trained?");
    }

    /// <summary>Makes the error of a part.</summary>
    public ConfigurationException Error(string name, string reason) => new($"{_location}: '{name}' {reason}.");

    /// <summary>Gets an object.</summary>
    public PredictorReader Object(string name) => new(Get(name, JsonValueKind.Object), $"{_location}, {name}");

    /// <summary>Gets a list of objects.</summary>
    public IEnumerable<PredictorReader> Objects(string name, int most) =>
        List(name, null, most).Select((item, i) => new PredictorReader(item, $"{_location}, {name} {i + 1}"));

    /// <summary>Gets a text.</summary>
    public string Text(string name) => Get(name, JsonValueKind.String).GetString()!;

    /// <summary>Gets a whole number.</summary>
    public int Whole(string name, int least, int most) => Whole(Get(name, JsonValueKind.Number), name, least, most);

    /// <summary>Gets a list of texts, each once.</summary>
    public string[] Names(string name, int most)
    {
        string[] names = [.. List(name, null, most).Select(item =>
            item.ValueKind == JsonValueKind.String && item.GetString() is { Length: <= MaxName } text ? text : throw Error(name, "has something else than short texts"))];
        return names.Distinct().Count() == names.Length ? names : throw Error(name, "names something twice");
    }

    /// <summary>Gets a list of whole numbers.</summary>
    public int[] Wholes(string name, int? count, int least, int most) => [.. List(name, count, MaxNumbers).Select(item => Whole(item, name, least, most))];

    /// <summary>Gets a list of hashes, ascending.</summary>
    public uint[] Hashes(string name, int most)
    {
        uint[] hashes = [.. List(name, null, most).Select(item =>
            item.ValueKind == JsonValueKind.Number && item.TryGetUInt32(out uint hash) ? hash : throw Error(name, "has something else than 32-bit hashes"))];
        for (int i = 1; i < hashes.Length; i++)
        {
            if (hashes[i] <= hashes[i - 1])
                throw Error(name, "is not ascending");
        }

        return hashes;
    }

    /// <summary>Gets a list of finite numbers.</summary>
    public float[] Floats(string name, int count) => [.. List(name, count, MaxNumbers).Select(item =>
        item.ValueKind == JsonValueKind.Number && item.TryGetSingle(out float number) && float.IsFinite(number) ? number : throw Error(name, "has something that is no finite number"))];

    private JsonElement.ArrayEnumerator List(string name, int? count, int most)
    {
        JsonElement list = Get(name, JsonValueKind.Array);
        int length = list.GetArrayLength();
        if (length > most || (count is { } exact && length != exact))
            throw Error(name, $"has {length:N0} entries instead of {(count is { } right ? "" : "at most ")}{count ?? most:N0}");
        return list.EnumerateArray();
    }

    private int Whole(JsonElement number, string name, int least, int most) =>
        number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out int whole) && whole >= least && whole <= most
            ? whole
            : throw Error(name, $"has something that is no whole number from {least} to {most}");

    private JsonElement Get(string name, JsonValueKind kind) =>
        _json.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind ? value : throw Error(name, "is missing or of the wrong kind");
}
