using AgentRouter.Configuration;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Ingestion.Extraction;
using AgentRouter.Memory.Ingestion.Facts;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Storage.Exchange;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory;

/// <content>Changing what a scope remembers.</content>
public sealed partial class GraphMemory
{
    /// <summary>Remembers a conversation or document: all of it the first time, what is new or other the next time. No model is asked.</summary>
    /// <remarks>The scope is made where it is not there yet. Questions see it when this returns; <see cref="FlushAsync"/> keeps its index.</remarks>
    /// <param name="scope">The scope.</param>
    /// <param name="source">What is to be remembered.</param>
    /// <param name="cancellationToken">Cancels the import; nothing of the source is kept then.</param>
    /// <returns>What was new, and what was left out and why.</returns>
    /// <exception cref="ConfigurationException">The source is beyond the limits, or keys are wrong; nothing of it is kept.</exception>
    /// <exception cref="MemoryConflictException">Others wrote the same source again and again in between.</exception>
    /// <exception cref="IOException">It cannot be written; nothing of it is kept.</exception>
    public async Task<ImportResult> ImportAsync(MemoryScope scope, MemorySource source, CancellationToken cancellationToken = default)
    {
        OpenScope open = (await OpenAsync(scope, create: true, cancellationToken).ConfigureAwait(false))!;
        return await new MemoryImporter(open.Records, _time).ImportAsync(source, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Remembers a statement: a newer one about the same takes the place of the older, which stays with the time until which it held.</summary>
    /// <remarks>The scope is made where it is not there yet.</remarks>
    /// <param name="scope">The scope.</param>
    /// <param name="fact">The statement.</param>
    /// <param name="cancellationToken">Cancels the writing; nothing is kept then.</param>
    /// <exception cref="ConfigurationException">The text is empty or too long, or an episode is not there; nothing is written.</exception>
    /// <exception cref="MemoryConflictException">Others remember something else about the same again and again.</exception>
    /// <exception cref="IOException">It cannot be written; nothing of it is kept.</exception>
    public async Task<RememberedFact> RememberAsync(MemoryScope scope, NewFact fact, CancellationToken cancellationToken = default)
    {
        OpenScope open = (await OpenAsync(scope, create: true, cancellationToken).ConfigureAwait(false))!;
        using var writer = new FactWriter(open.Records, _time);
        return await writer.RememberAsync(fact, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Learns with a model from what a scope remembers and from which nothing was learned yet: facts, topics, and what several facts mean together.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="client">The model, best a step router under a budget; not owned.</param>
    /// <param name="request">What is to be learned from; everything by default.</param>
    /// <param name="options">How the model is asked.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellationToken">Cancels the work; what was written stays, and the next call goes on from there.</param>
    /// <returns>What came of it. A budget that is used up ends the work and is no exception.</returns>
    /// <exception cref="ConfigurationException">The scope holds nothing, or a source is not there; nothing is asked.</exception>
    /// <exception cref="IOException">It cannot be read or written; what was written stays.</exception>
    public async Task<ExtractionResult> LearnAsync(
        MemoryScope scope, IChatClient client, ExtractionRequest? request = null, ExtractionOptions? options = null, IProgress<ExtractionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        IMemoryRecords records = await LearnableAsync(scope, cancellationToken).ConfigureAwait(false);
        return await new MemoryExtractor(records, client, options, _time).ExtractAsync(request, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells what <see cref="LearnAsync"/> would ask. No model is asked.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="request">What is to be learned from; everything by default.</param>
    /// <param name="options">How a model would be asked.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ConfigurationException">The scope holds nothing, or a source is not there.</exception>
    public async Task<ExtractionPlan> PlanLearningAsync(MemoryScope scope, ExtractionRequest? request = null, ExtractionOptions? options = null, CancellationToken cancellationToken = default) =>
        await MemoryExtractor.PlanAsync(await LearnableAsync(scope, cancellationToken).ConfigureAwait(false), request, options, cancellationToken).ConfigureAwait(false);

    private async Task<IMemoryRecords> LearnableAsync(MemoryScope scope, CancellationToken cancellationToken) =>
        await RecordsAsync(scope, create: false, cancellationToken).ConfigureAwait(false) ?? throw new ConfigurationException($"There is no memory of '{scope}'. Import something first.");

    /// <summary>Takes up what another memory exported.</summary>
    /// <remarks>The scope is made where it is not there yet.</remarks>
    /// <param name="scope">The scope.</param>
    /// <param name="file">A file that <see cref="ExportAsync"/> wrote.</param>
    /// <param name="cancellationToken">Cancels the import; what was written stays.</param>
    /// <returns>What was new.</returns>
    /// <exception cref="ConfigurationException">It is not an export; the message says which line is wrong. Nothing is written.</exception>
    /// <exception cref="IOException">It cannot be read, or not be written.</exception>
    public async Task<MemoryImported> ImportExportAsync(MemoryScope scope, string file, CancellationToken cancellationToken = default)
    {
        // of a file that is damaged no scope is made either
        await ImportFile.CheckAsync(file, cancellationToken).ConfigureAwait(false);
        OpenScope open = (await OpenAsync(scope, create: true, cancellationToken).ConfigureAwait(false))!;
        return await MemoryImport.WriteAsync(open.Records, file, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes what a scope remembers to a file of JSON Lines, packed with gzip where its name ends with <c>.gz</c>.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="file">The file, which is replaced as a whole.</param>
    /// <param name="cancellationToken">Cancels the export; the file stays as it was.</param>
    /// <returns>Whether there was anything to write.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task<bool> ExportAsync(MemoryScope scope, string file, CancellationToken cancellationToken = default)
    {
        if (await OpenAsync(scope, create: false, cancellationToken).ConfigureAwait(false) is not { } open)
            return false;
        await MemoryExport.WriteAsync(open.Records, file, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Erases nodes for good, with what was part of them or stood on them alone: episodes go with their source, facts with the last episode that they come
    /// from, concepts with the last node that mentions them.</summary>
    /// <remarks>When this returns, nothing of their text is in the store, and its index is made anew.</remarks>
    /// <param name="scope">The scope.</param>
    /// <param name="nodes">The numbers of the nodes; those that are not there are passed over.</param>
    /// <param name="cancellationToken">Cancels the erasure before it begins.</param>
    /// <returns>The numbers of all nodes that were erased.</returns>
    /// <exception cref="IOException">It cannot be erased; the message says why.</exception>
    public async Task<IReadOnlyList<long>> ForgetAsync(MemoryScope scope, IReadOnlyCollection<long> nodes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        if (await OpenAsync(scope, create: false, cancellationToken).ConfigureAwait(false) is not { } open)
            return [];
        IReadOnlyList<long> erased = await open.Records.EraseAsync(nodes, cancellationToken).ConfigureAwait(false);
        if (erased.Count > 0)
            await open.Indexer.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        return erased;
    }

    /// <summary>Erases everything that a scope remembers, for good.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="cancellationToken">Cancels the erasure before it begins.</param>
    /// <returns>Whether there was anything.</returns>
    /// <exception cref="IOException">It cannot be erased; the message says why.</exception>
    public async Task<bool> ForgetAllAsync(MemoryScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (_open.TryRemove(scope, out OpenScope? open))
            await open.DisposeAsync().ConfigureAwait(false);
        return await _store.EraseAsync(scope, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Finds what speaks of a node: of a concept all that is about it, mentions it, or has its words, of a source its parts.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="node">The node's number.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The node and what speaks of it, in the order of their numbers; nothing where there is no such node.</returns>
    public async Task<IReadOnlyList<MemoryNode>> SpeakingOfAsync(MemoryScope scope, long node, CancellationToken cancellationToken = default)
    {
        if (await IndexedAsync(scope, cancellationToken).ConfigureAwait(false) is not var (open, index) || node < 1 || node >= index.EndId)
            return [];
        var ids = new SortedSet<int> { (int)node };
        for (Index.EdgeCursor edges = index.EdgesOf((int)node, incoming: true); edges.MoveNext();)
        {
            if (edges.Kind is MemoryEdgeKind.PartOf or MemoryEdgeKind.About or MemoryEdgeKind.Mentions)
                ids.Add(edges.Other);
        }

        // a text may say a name without being linked to it
        if (await open.Records.ReadNodesAsync([node], cancellationToken).ConfigureAwait(false) is [{ Kind: MemoryNodeKind.Concept } concept])
            ids.UnionWith((await open.Records.FindPhraseAsync(concept.Text, int.MaxValue, cancellationToken).ConfigureAwait(false)).Select(id => (int)id));
        return [.. (await ReadAsync(open, ids, cancellationToken).ConfigureAwait(false)).Values.OrderBy(each => each.Id)];
    }
}
