using System.Globalization;
using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.JsonLines;
using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Storage.Exchange;

/// <summary>Reads one line of an export; what is wrong with it is said with its place.</summary>
/// <param name="line">The line.</param>
/// <param name="location">Its <c>file:line</c>.</param>
internal sealed class ImportLine(JsonElement line, string location)
{
    private static readonly string[] HeaderNames = ["format", "version", "scope"];
    private static readonly string[] EdgeNames = ["edge", "from", "to", "weight", "relation"];

    private static readonly string[] EndNames = ["end"];

    private static readonly string[] MarkNames = ["learnedFrom", "recipe", "upTo"];

    private static readonly string[] NodeNames =
        ["node", "key", "text", "title", "attachment", "speaker", "saidAt", "happened", "heldUntil", "source", "position", "hash"];

    /// <summary>Gets where the line is.</summary>
    public string Location => location;

    /// <summary>Gets a value indicating whether it is the line of an edge.</summary>
    public bool IsEdge => line.TryGetProperty("edge", out _);

    /// <summary>Gets a value indicating whether it says that something was learned from a node.</summary>
    public bool IsMark => line.TryGetProperty("learnedFrom", out _);

    /// <summary>Gets a value indicating whether it is the last line, which counts those before it.</summary>
    public bool IsEnd => line.TryGetProperty("end", out _);

    /// <summary>Checks the first line of an export.</summary>
    public void RequireHeader()
    {
        if (TextOrNull("format") != ExchangeWords.Format)
            throw Wrong($"this is no export of a memory. Its first line is an object such as {{\"format\":\"{ExchangeWords.Format}\",\"version\":{ExchangeWords.Version},\"scope\":\"user:anna\"}}");
        if (Whole("version", 0, int.MaxValue) is var version && version > ExchangeWords.Version)
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"the export has version {version}; this program reads version {ExchangeWords.Version}. Update this program"));
        RequireNames(HeaderNames);
    }

    /// <summary>Reads a node, and the key of the source that it is part of.</summary>
    public (NewNode Node, string? Source) Node()
    {
        RequireNames(NodeNames);
        return (new NewNode(
            new MemoryNode
            {
                Kind = Kind<MemoryNodeKind>("node", TextOrNull("node")),
                Key = Text("key") is { Length: > 0 } key ? key : throw Wrong("'key' is empty"),
                Text = Text("text"),
                Title = TextOrNull("title"),
                Attachment = TextOrNull("attachment"),
                Speaker = TextOrNull("speaker"),
                SaidAt = Time("saidAt"),
                Happened = Period(),
                HeldUntil = Time("heldUntil"),
                Position = line.TryGetProperty("position", out _) ? Whole("position", 0, int.MaxValue) : 0,
            },
            TextOrNull("hash")), TextOrNull("source"));
    }

    /// <summary>Reads an edge.</summary>
    public NewEdge Edge()
    {
        RequireNames(EdgeNames);
        if (!line.TryGetProperty("weight", out JsonElement weight) || weight.ValueKind != JsonValueKind.Number || !weight.TryGetSingle(out float strength) || strength is not (> 0 and <= 1))
            throw Wrong("'weight' is a number above 0 and at most 1");
        return new NewEdge(End("from"), End("to"), Kind<MemoryEdgeKind>("edge", TextOrNull("edge")), strength, Relation());
    }

    /// <summary>Reads from which node something was learned, and of a concept the last node that was thought about with it.</summary>
    public (NodeKey Node, int Recipe, NodeKey? UpTo) Mark()
    {
        RequireNames(MarkNames);
        return (End("learnedFrom"), Whole("recipe", 1, int.MaxValue), line.TryGetProperty("upTo", out _) ? End("upTo") : null);
    }

    /// <summary>Checks the last line of an export.</summary>
    /// <param name="nodes">How many nodes came before.</param>
    /// <param name="edges">How many edges came before.</param>
    public void RequireEnd(long nodes, long edges)
    {
        RequireNames(EndNames);
        JsonElement end = line.GetProperty("end");
        if (Count(end, "nodes") is not { } allNodes || Count(end, "edges") is not { } allEdges)
            throw Wrong("'end' counts the lines before it such as {\"nodes\":12,\"edges\":30}");
        if (allNodes != nodes || allEdges != edges)
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"the export is cut off: of {allNodes} nodes and {allEdges} edges {nodes} and {edges} are there. Get it again"));
    }

    /// <summary>Makes the exception for something that is wrong with the line.</summary>
    public ConfigurationException Wrong(string what) => new($"{location}: {what}. Nothing was imported.");

    private static long? Count(JsonElement end, string name) =>
        end.ValueKind == JsonValueKind.Object && end.TryGetProperty(name, out JsonElement count) && count.ValueKind == JsonValueKind.Number && count.TryGetInt64(out long number) ? number : null;

    private void RequireNames(string[] names)
    {
        foreach (JsonProperty property in line.EnumerateObject())
        {
            if (!names.Contains(property.Name))
                throw Wrong($"'{property.Name}' is not known here; expected is {string.Join(", ", names)}");
        }
    }

    private TKind Kind<TKind>(string name, string? word)
        where TKind : struct, Enum => ExchangeWords.Parse<TKind>(word)
            ?? throw Wrong($"'{name}' is one of {string.Join(", ", Enum.GetValues<TKind>().Select(ExchangeWords.Of))}");

    private NodeKey End(string name)
    {
        if (!line.TryGetProperty(name, out JsonElement end) || end.ValueKind != JsonValueKind.Object || end.EnumerateObject().ToArray() is not [{ Value.ValueKind: JsonValueKind.String } node])
            throw Wrong($"'{name}' is a kind and a key such as {{\"concept\":\"name:tea\"}}");
        return new NodeKey(Kind<MemoryNodeKind>(name, node.Name), Value(name, node.Value));
    }

    private MemoryRelation Relation()
    {
        if (!line.TryGetProperty("relation", out JsonElement relation) || relation.ValueKind != JsonValueKind.Array
            || relation.EnumerateArray().ToArray() is not { Length: 4 } parts || !parts.All(part => part.ValueKind == JsonValueKind.Number && part.TryGetByte(out _)))
            throw Wrong("'relation' is a list of four numbers from 0 to 255: temporal, semantic, causal, entity");
        return new MemoryRelation(parts[0].GetByte(), parts[1].GetByte(), parts[2].GetByte(), parts[3].GetByte());
    }

    private MemoryPeriod? Period()
    {
        if (!line.TryGetProperty("happened", out JsonElement happened))
            return null;
        if (happened.ValueKind != JsonValueKind.Array || happened.EnumerateArray().ToArray() is not { Length: 2 } days
            || Day(days[0]) is not { } first || Day(days[1]) is not { } last || last < first)
            throw Wrong("'happened' is a list of the first and the last day, such as [\"2026-05-07\",\"2026-05-09\"]");
        return new MemoryPeriod(first, last);
    }

    private static DateOnly? Day(JsonElement day) =>
        day.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(day.GetString(), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly read) ? read : null;

    private DateTimeOffset? Time(string name)
    {
        if (TextOrNull(name) is not { } text)
            return null;
        return DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time)
            ? time : throw Wrong($"'{name}' is a time such as 2026-05-08T13:56:00.0000000+02:00");
    }

    private int Whole(string name, int least, int most) =>
        line.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= least && number <= most
            ? number : throw Wrong($"'{name}' is a whole number from {least}");

    private string Text(string name) => TextOrNull(name) ?? throw Wrong($"'{name}' is missing");

    private string? TextOrNull(string name) => line.TryGetProperty(name, out JsonElement value) ? Value(name, value) : null;

    private string Value(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            throw Wrong($"'{name}' is a text, not {JsonLinesFile.Kind(value)}");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong($"'{name}' holds half a character");
        }
    }
}
