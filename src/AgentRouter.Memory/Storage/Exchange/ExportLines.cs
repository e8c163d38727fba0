using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Storage.Exchange;

/// <summary>Writes the lines of an export.</summary>
internal sealed class ExportLines : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;

    public ExportLines()
    {
        // a file of JSON is no part of a web page: letters of all scripts stay readable
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Gets the line that says whose memory it is.</summary>
    public ReadOnlyMemory<byte> Header(MemoryScope scope) => Line(() =>
    {
        _json.WriteString("format", ExchangeWords.Format);
        _json.WriteNumber("version", ExchangeWords.Version);
        _json.WriteString("scope", scope.ToString());
    });

    /// <summary>Gets the line of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="source">The key of the source that it is part of.</param>
    /// <param name="hash">The hash of its content.</param>
    public ReadOnlyMemory<byte> Of(MemoryNode node, string? source, string? hash) => Line(() =>
    {
        _json.WriteString("node", ExchangeWords.Of(node.Kind));
        _json.WriteString("key", node.Key);
        _json.WriteString("text", node.Text);
        WriteIfAny("title", node.Title);
        WriteIfAny("attachment", node.Attachment);
        WriteIfAny("speaker", node.Speaker);
        WriteIfAny("saidAt", node.SaidAt?.ToString("O", CultureInfo.InvariantCulture));
        if (node.Happened is { } period)
        {
            _json.WriteStartArray("happened");
            _json.WriteStringValue(period.First.ToString("O", CultureInfo.InvariantCulture));
            _json.WriteStringValue(period.Last.ToString("O", CultureInfo.InvariantCulture));
            _json.WriteEndArray();
        }

        WriteIfAny("heldUntil", node.HeldUntil?.ToString("O", CultureInfo.InvariantCulture));
        WriteIfAny("source", source);
        if (node.Position != 0)
            _json.WriteNumber("position", node.Position);
        WriteIfAny("hash", hash);
    });

    /// <summary>Gets the line of an edge.</summary>
    public ReadOnlyMemory<byte> Of(MemoryEdge edge, NodeKey from, NodeKey to) => Line(() =>
    {
        _json.WriteString("edge", ExchangeWords.Of(edge.Kind));
        WriteEnd("from", from);
        WriteEnd("to", to);
        _json.WriteNumber("weight", edge.Weight);
        _json.WriteStartArray("relation");
        foreach (byte part in (ReadOnlySpan<byte>)[edge.Relation.Temporal, edge.Relation.Semantic, edge.Relation.Causal, edge.Relation.Entity])
            _json.WriteNumberValue(part);
        _json.WriteEndArray();
    });

    /// <summary>Gets the line that says that something was learned from a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="upTo">Of a concept the last node that was thought about with it.</param>
    public ReadOnlyMemory<byte> OfMark(NodeKey node, int recipe, NodeKey? upTo) => Line(() =>
    {
        WriteEnd("learnedFrom", node);
        _json.WriteNumber("recipe", recipe);
        if (upTo is { } last)
            WriteEnd("upTo", last);
    });

    /// <summary>Gets the last line, which counts those before it.</summary>
    public ReadOnlyMemory<byte> End(long nodes, long edges) => Line(() =>
    {
        _json.WriteStartObject("end");
        _json.WriteNumber("nodes", nodes);
        _json.WriteNumber("edges", edges);
        _json.WriteEndObject();
    });

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private void WriteEnd(string name, NodeKey node)
    {
        _json.WriteStartObject(name);
        _json.WriteString(ExchangeWords.Of(node.Kind), node.Key);
        _json.WriteEndObject();
    }

    private void WriteIfAny(string name, string? value)
    {
        if (value is not null)
            _json.WriteString(name, value);
    }

    private ReadOnlyMemory<byte> Line(Action write)
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        write();
        _json.WriteEndObject();
        _json.Flush();
        _buffer.Write("\n"u8);
        return _buffer.WrittenMemory;
    }
}
