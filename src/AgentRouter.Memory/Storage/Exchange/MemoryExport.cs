using System.IO.Compression;
using AgentRouter.Files;
using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Storage.Exchange;

/// <summary>Writes what a scope remembers to a file of JSON Lines, which <see cref="MemoryImport"/> reads.</summary>
public static class MemoryExport
{
    /// <summary>Writes the nodes and edges of a scope as they are when it begins; vectors and search indexes are left out, because they can be made anew.</summary>
    /// <remarks>Hashes of content go with sources and with those of their episodes that still hold: those by which a later ingestion sees that nothing changed.</remarks>
    /// <param name="records">The records of the scope.</param>
    /// <param name="path">The file, which is replaced as a whole; packed with gzip when its name ends with <c>.gz</c>.</param>
    /// <param name="cancellationToken">Cancels the export; the file stays as it was.</param>
    /// <exception cref="IOException">The records cannot be read, or the file cannot be written.</exception>
    public static Task WriteAsync(IMemoryRecords records, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentException.ThrowIfNullOrEmpty(path);
        bool isPacked = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        return WholeFile.ReplaceAsync(path, async temporary =>
        {
            await using Stream file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024, useAsync: true);
            await using Stream content = isPacked ? new GZipStream(file, CompressionLevel.Optimal) : new BufferedStream(file, 64 * 1024);
            await new Exporting(records, content, cancellationToken).WriteAsync().ConfigureAwait(false);
        });
    }

    private const int Portion = 2_000;

    private sealed class Exporting(IMemoryRecords records, Stream content, CancellationToken cancellationToken)
    {
        private readonly Dictionary<long, NodeKey> _keys = [];
        private long _nodes;
        private long _edges;

        public async Task WriteAsync()
        {
            MemoryVersion version = await records.ReadVersionAsync(cancellationToken).ConfigureAwait(false);
            using var lines = new ExportLines();
            await content.WriteAsync(lines.Header(records.Scope), cancellationToken).ConfigureAwait(false);
            // sources first: what is part of them names them
            await WriteNodesAsync(lines, version, areSources: true).ConfigureAwait(false);
            await WriteNodesAsync(lines, version, areSources: false).ConfigureAwait(false);
            await foreach (IReadOnlyList<MemoryEdge> portion in records.ReadNewEdgesAsync(default, version, cancellationToken).ConfigureAwait(false))
            {
                foreach (MemoryEdge edge in portion)
                {
                    // a node may have been erased since
                    if (!_keys.TryGetValue(edge.From, out NodeKey from) || !_keys.TryGetValue(edge.To, out NodeKey to))
                        continue;
                    await content.WriteAsync(lines.Of(edge, from, to), cancellationToken).ConfigureAwait(false);
                    _edges++;
                }
            }

            await WriteMarksAsync(lines).ConfigureAwait(false);
            await content.WriteAsync(lines.End(_nodes, _edges), cancellationToken).ConfigureAwait(false);
        }

        private async Task WriteMarksAsync(ExportLines lines)
        {
            long[] ids = [.. _keys.Keys.Order()];
            foreach (long[] portion in ids.Chunk(Portion))
            {
                foreach (StoredMark mark in await records.ReadMarksAsync(portion, cancellationToken).ConfigureAwait(false))
                    await content.WriteAsync(lines.OfMark(_keys[mark.Node], mark.Recipe, Last(ids, mark.UpTo)), cancellationToken).ConfigureAwait(false);
            }
        }

        // the node itself may have been erased
        private NodeKey? Last(long[] ids, long upTo)
        {
            int place = Array.BinarySearch(ids, upTo);
            place = place >= 0 ? place : ~place - 1;
            return place < 0 ? null : _keys[ids[place]];
        }

        private async Task WriteNodesAsync(ExportLines lines, MemoryVersion version, bool areSources)
        {
            await foreach (IReadOnlyList<MemoryNode> portion in records.ReadNewNodesAsync(default, version, cancellationToken).ConfigureAwait(false))
            {
                Dictionary<string, StoredSource> sources = [];
                foreach (MemoryNode node in portion.Where(node => (node.Kind == MemoryNodeKind.Source) == areSources))
                {
                    _keys[node.Id] = new NodeKey(node.Kind, node.Key);
                    string? source = areSources ? node.Key : _keys.TryGetValue(node.SourceId, out NodeKey of) ? of.Key : null;
                    string? hash = source is null ? null : await HashAsync(node, source, sources).ConfigureAwait(false);
                    await content.WriteAsync(lines.Of(node, areSources ? null : source, string.IsNullOrEmpty(hash) ? null : hash), cancellationToken).ConfigureAwait(false);
                    _nodes++;
                }
            }
        }

        private async Task<string?> HashAsync(MemoryNode node, string source, Dictionary<string, StoredSource> sources)
        {
            if (!sources.TryGetValue(source, out StoredSource? stored))
            {
                if (await records.ReadSourceAsync(source, cancellationToken).ConfigureAwait(false) is not { } read)
                    return null;
                sources.Add(source, stored = read);
            }

            return node.Kind == MemoryNodeKind.Source ? stored.ContentHash : stored.Episodes.GetValueOrDefault(node.Key);
        }
    }
}
