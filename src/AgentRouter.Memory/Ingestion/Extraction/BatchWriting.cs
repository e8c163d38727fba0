using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>Writes what a model says of a batch: all of it in one change with a mark of its episodes, so that it is written once, whoever tries.</summary>
internal sealed class BatchWriting(IMemoryRecords records, TimeProvider time)
{
    private readonly BatchReader _reader = new(records);

    /// <summary>Tells whether somebody has learned from episodes of a batch.</summary>
    public async Task<bool> IsDoneAsync(IReadOnlyList<long> episodes, CancellationToken cancellationToken) =>
        (await records.ReadMarksAsync(episodes, cancellationToken).ConfigureAwait(false)).Any(mark => mark.Recipe >= ExtractionRecipes.Facts);

    /// <summary>Writes.</summary>
    /// <param name="reading">What the model was shown.</param>
    /// <param name="answer">What it said.</param>
    /// <param name="cancellationToken">Cancels the writing; nothing is kept then.</param>
    /// <returns>What was written, or why nothing was; neither where it was written before.</returns>
    public async Task<(BatchChange? Change, string? Problem)> WriteAsync(BatchReading reading, BatchAnswer answer, CancellationToken cancellationToken)
    {
        long[] episodes = [.. reading.Episodes.Select(episode => episode.Id)];
        for (int attempt = 1; ; attempt++)
        {
            if (await IsDoneAsync(episodes, cancellationToken).ConfigureAwait(false))
                return (null, null);
            if (await _reader.EpisodesAsync(episodes, cancellationToken).ConfigureAwait(false) is null)
                return (null, "Its episodes were changed or erased while the model was asked.");
            BatchChange change = await ChangeAsync(reading, answer, cancellationToken).ConfigureAwait(false);
            try
            {
                await records.WriteAsync(change.ToChange(), cancellationToken).ConfigureAwait(false);
                return (change, null);
            }
            catch (MemoryConflictException conflict)
            {
                if (attempt == ExtractionLimits.Attempts)
                    return (null, conflict.Message);
            }
        }
    }

    // a fact may have been erased or superseded while the model was asked
    private async Task<BatchChange> ChangeAsync(BatchReading reading, BatchAnswer answer, CancellationToken cancellationToken)
    {
        IReadOnlyList<MemoryNode> known = await records.ReadNodesAsync([.. reading.Known.Select(fact => fact.Id)], cancellationToken).ConfigureAwait(false);
        Correction[] corrections = [.. answer.Corrections.Where(correction => known.Any(fact => fact.Id == reading.Known[correction.Fact].Id && fact.HeldUntil is null))];
        var change = new BatchChange(records, reading.Episodes, time.GetUtcNow());
        await change.AddAsync(answer with { Corrections = corrections }, reading.Known, cancellationToken).ConfigureAwait(false);
        return change;
    }
}
