using System.Globalization;
using AgentRouter.Configuration;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Ingestion;

/// <summary>Remembers conversations and documents, without a model: what was said word for word, and a graph of the names, times and topics in it.</summary>
/// <remarks>Safe for use by several threads. A source is written as a whole or not at all.</remarks>
public sealed class MemoryImporter
{
    private const int Attempts = 5;

    private readonly IMemoryRecords _records;
    private readonly TimeProvider _time;

    /// <summary>Makes an importer.</summary>
    /// <param name="records">Where to write; they stay the caller's.</param>
    /// <param name="time">Tells when older versions of items ceased to hold; the system's clock when not given.</param>
    public MemoryImporter(IMemoryRecords records, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        _records = records;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Imports a source: all of it the first time, what is new or other the next time.</summary>
    /// <remarks>
    /// Items are known again by their keys. One whose content changed supersedes the older one; one that is there no longer ceases to hold.
    /// Both stay, with the time until which they held. One that was forgotten by itself stays forgotten, until its whole source is. Control characters and halves of characters become U+FFFD; all else is kept word for word.
    /// </remarks>
    /// <param name="source">The source.</param>
    /// <param name="cancellationToken">Cancels the import; nothing of the source is kept then.</param>
    /// <exception cref="ConfigurationException">The source is beyond the limits, or keys are wrong; the message says which item and why. Nothing is written.</exception>
    /// <exception cref="MemoryConflictException">Others wrote the same source again and again in between.</exception>
    /// <exception cref="IOException">It cannot be written; nothing of it is kept.</exception>
    public async Task<ImportResult> ImportAsync(MemorySource source, CancellationToken cancellationToken = default)
    {
        CheckedSource content = CheckedSource.Of(source);
        for (int attempt = 1; ; attempt++)
        {
            StoredSource? stored = await _records.ReadSourceAsync(content.Source.Key, cancellationToken).ConfigureAwait(false);
            if (stored?.ContentHash == content.Hash)
            {
                var difference = new SourceDifference(stored);
                int forgotten = stored.Forgotten.Count == 0 ? 0 : content.Items.Count(difference.IsForgotten);
                return new ImportResult
                {
                    Source = content.Source.Key,
                    SourceId = stored.Node.Id,
                    Outcome = ImportOutcome.Unchanged,
                    Unchanged = content.Items.Count - forgotten,
                    Forgotten = forgotten,
                    Skipped = content.Skipped,
                };
            }

            try
            {
                return await WriteAsync(content, stored, cancellationToken).ConfigureAwait(false);
            }
            catch (MemoryConflictException) when (attempt < Attempts)
            {
                // somebody else wrote the source in between: it is compared anew
            }
        }
    }

    private async Task<ImportResult> WriteAsync(CheckedSource content, StoredSource? stored, CancellationToken cancellationToken)
    {
        var difference = new SourceDifference(stored);
        var graph = new SourceGraph(content.Source);
        var superseded = new List<Supersession>();
        DateTimeOffset now = _time.GetUtcNow();
        (int added, int changed, int unchanged, int forgotten) = (0, 0, 0, 0);
        foreach (CheckedItem item in content.Items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string? held = difference.Meet(item, out bool isSame);
            if (isSame)
            {
                unchanged++;
                graph.Add(item, held!, isNew: false);
                continue;
            }

            if (difference.IsForgotten(item))
            {
                forgotten++;
                continue;
            }

            string key = stored is null ? item.Key : await FreeKeyAsync(item.Key, cancellationToken).ConfigureAwait(false);
            graph.Add(item, key, isNew: true);
            if (held is null)
            {
                added++;
                continue;
            }

            changed++;
            var old = new NodeKey(MemoryNodeKind.Episode, held);
            superseded.Add(new Supersession(old, now));
            graph.Edges.Add(new NewEdge(new NodeKey(MemoryNodeKind.Episode, key), old, MemoryEdgeKind.Supersedes, 1, ImportEdges.Supersedes));
        }

        string[] left = [.. difference.Left];
        superseded.AddRange(left.Select(key => new Supersession(new NodeKey(MemoryNodeKind.Episode, key), now)));
        MemoryWritten written = await _records.WriteAsync(
            new MemoryChange
            {
                Source = new SourceChange(Node(content.Source), content.Hash, stored?.ContentHash),
                Nodes = graph.Nodes,
                Edges = graph.Edges,
                Superseded = superseded,
            },
            cancellationToken).ConfigureAwait(false);
        return new ImportResult
        {
            Source = content.Source.Key,
            SourceId = written.SourceId,
            Outcome = stored is null ? ImportOutcome.New : added > 0 && changed + left.Length == 0 ? ImportOutcome.Grown : ImportOutcome.Changed,
            Added = added,
            Changed = changed,
            Removed = left.Length,
            Unchanged = unchanged,
            Forgotten = forgotten,
            Skipped = content.Skipped,
            NewNodes = written.NewNodes,
            NewEdges = written.NewEdges,
        };
    }

    // keys are never used again, so an item that comes back or changes gets a version
    private async Task<string> FreeKeyAsync(string key, CancellationToken cancellationToken)
    {
        string free = key;
        for (int version = 2; await _records.FindAsync(MemoryNodeKind.Episode, free, cancellationToken).ConfigureAwait(false) is not null; version++)
            free = string.Create(CultureInfo.InvariantCulture, $"{key}{CheckedSource.VersionSign}{version}");
        return free;
    }

    private static MemoryNode Node(MemorySource source) => new()
    {
        Kind = MemoryNodeKind.Source,
        Key = source.Key,
        Text = source.Title ?? source.Key,
        Title = source.Title,
        SaidAt = source.Time,
    };
}
