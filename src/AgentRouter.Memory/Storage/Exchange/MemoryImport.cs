using System.IO.Compression;
using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Storage.Exchange;

/// <summary>Reads what <see cref="MemoryExport"/> has written, into the same or another scope.</summary>
public static class MemoryImport
{
    private const int NodesAChange = 2_000;
    private const int EdgesAChange = 10_000;

    // far more than the first line of an export has
    private const int LookedAt = 4_096;

    /// <summary>Tells whether a file begins as an export does, whatever its name; the rest of it is not looked at.</summary>
    /// <param name="path">The file; packed when its name ends with <c>.gz</c>.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<bool> IsExportAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        char[] begin = new char[LookedAt];
        await using Stream file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, LookedAt, useAsync: true);
        await using Stream content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(content);
        try
        {
            int read = await reader.ReadBlockAsync(begin, cancellationToken).ConfigureAwait(false);
            string first = begin.AsSpan(0, read).TrimStart().ToString().Split('\n')[0];
            using JsonDocument header = JsonDocument.Parse(first);
            return header.RootElement.ValueKind == JsonValueKind.Object && header.RootElement.TryGetProperty("format", out JsonElement format)
                && format.ValueKind == JsonValueKind.String && format.ValueEquals(ExchangeWords.Format);
        }
        catch (Exception error) when (error is JsonException or InvalidDataException)
        {
            // whoever reads the file says what is wrong with it
            return false;
        }
    }

    /// <summary>Checks the whole file, then writes its nodes and edges; what is there already stays as it is, so that an import that was cut off can be repeated.</summary>
    /// <param name="records">The records of the scope.</param>
    /// <param name="path">The file; packed when its name ends with <c>.gz</c>.</param>
    /// <param name="cancellationToken">Cancels the import; whole portions that were written stay.</param>
    /// <exception cref="ConfigurationException">The file is no export, or a line of it is wrong; the message says where. Nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be read, or the records cannot be written.</exception>
    public static async Task<MemoryImported> ReadAsync(IMemoryRecords records, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentException.ThrowIfNullOrEmpty(path);
        await ImportFile.CheckAsync(path, cancellationToken).ConfigureAwait(false);
        return await WriteAsync(records, path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the nodes and edges of a file that was checked.</summary>
    internal static async Task<MemoryImported> WriteAsync(IMemoryRecords records, string path, CancellationToken cancellationToken)
    {
        var importing = new Importing(records, cancellationToken);
        await foreach (ImportLine line in ImportFile.ReadAsync(path, cancellationToken).ConfigureAwait(false))
            await importing.AddAsync(line).ConfigureAwait(false);
        return await importing.EndAsync().ConfigureAwait(false);
    }

    private sealed class Importing(IMemoryRecords records, CancellationToken cancellationToken)
    {
        private readonly Dictionary<string, long> _sources = new(StringComparer.Ordinal);
        private readonly List<NewNode> _nodes = [];
        private readonly List<NewEdge> _edges = [];
        private readonly List<(NodeKey Node, int Recipe, NodeKey? UpTo)> _marks = [];
        private long _newNodes;
        private long _newEdges;

        public async Task AddAsync(ImportLine line)
        {
            if (line.IsEdge)
            {
                _edges.Add(line.Edge());
            }
            else if (line.IsMark)
            {
                _marks.Add(line.Mark());
            }
            else
            {
                (NewNode node, string? source) = line.Node();
                // the number of a source is known when it is written
                if (source is not null && !_sources.ContainsKey(source))
                    await WriteAsync().ConfigureAwait(false);
                _nodes.Add(source is null ? node : node with { Node = node.Node with { SourceId = _sources[source] } });
            }

            if (_nodes.Count >= NodesAChange || _edges.Count >= EdgesAChange || _marks.Count >= NodesAChange)
                await WriteAsync().ConfigureAwait(false);
        }

        public async Task<MemoryImported> EndAsync()
        {
            await WriteAsync().ConfigureAwait(false);
            return new MemoryImported(_newNodes, _newEdges);
        }

        private async Task WriteAsync()
        {
            MemoryWritten written = await records.WriteAsync(new MemoryChange { Nodes = [.. _nodes], Edges = [.. _edges] }, cancellationToken).ConfigureAwait(false);
            _newNodes += written.NewNodes;
            _newEdges += written.NewEdges;
            for (int i = 0; i < _nodes.Count; i++)
            {
                if (_nodes[i].Node.Kind == MemoryNodeKind.Source)
                    _sources[_nodes[i].Node.Key] = written.Ids[i];
            }

            _nodes.Clear();
            _edges.Clear();
            await WriteMarksAsync().ConfigureAwait(false);
        }

        // of what this scope has learned itself nothing is forgotten
        private async Task WriteMarksAsync()
        {
            var marks = new List<MemoryMark>();
            foreach ((NodeKey node, int recipe, NodeKey? upTo) in _marks)
            {
                long id = await IdOfAsync(node).ConfigureAwait(false);
                if ((await records.ReadMarksAsync([id], cancellationToken).ConfigureAwait(false)).Count == 0)
                    marks.Add(new MemoryMark(node, recipe, upTo is { } last ? await IdOfAsync(last).ConfigureAwait(false) : 0));
            }

            if (marks.Count > 0)
                await records.WriteAsync(new MemoryChange { Marks = marks }, cancellationToken).ConfigureAwait(false);
            _marks.Clear();
        }

        private async Task<long> IdOfAsync(NodeKey node) => (await records.FindAsync(node.Kind, node.Key, cancellationToken).ConfigureAwait(false))?.Id
            ?? throw new MemoryConflictException($"The {ExchangeWords.Of(node.Kind)} '{node.Key}' was erased while it was imported. Import the file again.");
    }
}
