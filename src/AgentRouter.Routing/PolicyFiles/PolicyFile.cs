using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.Files;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.PolicyFiles;

/// <summary>A trained policy in a file people can read: versioned JSON with a card that says where it comes from.</summary>
internal sealed class PolicyFile
{
    /// <summary>The format this version writes and reads.</summary>
    public const string Format = "agentrouter.policy/1";

    /// <summary>What the format of every version begins with.</summary>
    public const string FormatName = "agentrouter.policy/";

    private const long MaxBytes = 64 * 1024 * 1024;

    private PolicyFile(string policy, PolicyCard card, PolicyJson body) => (Policy, Card, Body) = (policy, card, body);

    /// <summary>Gets the name of the policy it is for.</summary>
    public string Policy { get; }

    /// <summary>Gets what it says of itself.</summary>
    public PolicyCard Card { get; }

    /// <summary>Gets what the policy has learned.</summary>
    public PolicyJson Body { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConfigurationException">It is missing, corrupt, of another format, or of a newer version.</exception>
    public static PolicyFile Load(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new ConfigurationException($"There is no policy file {path}. 'agentrouter route train' makes one; in a workflow the path starts at the workflow's folder.");
        if (file.Length == 0)
            throw new ConfigurationException($"{path}: the policy file is empty. Train the policy again.");
        if (file.Length > MaxBytes)
            throw new ConfigurationException($"{path}: the file has {file.Length:N0} bytes; a policy file has at most {MaxBytes:N0}.");
        return Parse(File.ReadAllBytes(path), path);
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="path">What errors call it.</param>
    public static PolicyFile Parse(ReadOnlyMemory<byte> utf8, string path)
    {
        JsonElement root;
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, new JsonDocumentOptions { AllowDuplicateProperties = false });
            root = document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw new ConfigurationException($"{path}:{(error.LineNumber ?? 0) + 1}: the policy file is not JSON: {JsonProblem.Of(error)}. Train the policy again.", error);
        }

        var json = new PolicyJson(root, path, "");
        string format = json.Text("format");
        if (!format.StartsWith(FormatName, StringComparison.Ordinal))
            throw new ConfigurationException($"{path}: 'format' is '{Shorten(format)}'; a policy file says '{Format}'.");
        if (format != Format)
            throw new ConfigurationException($"{path}: the file is of format '{Shorten(format)}', this version reads '{Format}'. Use the version of AgentRouter that wrote it, or train the policy again.");
        PolicyJson card = json.Object("card");
        return new PolicyFile(json.Text("policy"), new PolicyCard
        {
            Description = card.Text("description"),
            Data = [.. card.Texts("data")],
            DataHash = card.Text("dataHash"),
            Rows = card.Whole("rows", 0, int.MaxValue),
            Seed = card.Whole("seed", int.MinValue, int.MaxValue),
            Metrics = card.Numbers("metrics"),
            Notes = [.. card.Texts("notes")],
            RowHashes = card.OptionalText("rowHashes") is { } hashes ? RowHashes.Read(hashes) ?? throw card.Wrong("rowHashes", "is no list of hashes") : [],
        }, json.Object("learned"));
    }

    /// <summary>Writes a file; a file of that name is replaced at once or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="policy">The name of the policy.</param>
    /// <param name="card">What it says of itself.</param>
    /// <param name="write">Writes what was learned.</param>
    public static void Save(string path, string policy, PolicyCard card, Action<Utf8JsonWriter> write)
    {
        byte[] text = Write(policy, card, write);
        WholeFile.Replace(path, temporary => File.WriteAllBytes(temporary, text));
    }

    /// <summary>Writes the text of a file; the same for the same content.</summary>
    public static byte[] Write(string policy, PolicyCard card, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteString("policy", policy);
            json.WriteStartObject("card");
            json.WriteString("description", card.Description);
            Texts(json, "data", card.Data);
            json.WriteString("dataHash", card.DataHash);
            json.WriteNumber("rows", card.Rows);
            json.WriteNumber("seed", card.Seed);
            json.WriteStartObject("metrics");
            foreach ((string name, double value) in card.Metrics)
                json.WriteNumber(name, value);
            json.WriteEndObject();
            Texts(json, "notes", card.Notes);
            if (card.RowHashes.Count > 0)
                json.WriteString("rowHashes", RowHashes.Write(card.RowHashes));
            json.WriteEndObject();
            json.WriteStartObject("learned");
            write(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
