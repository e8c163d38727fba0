using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>Learns from one batch: asks, reads, and writes all of it in one change.</summary>
internal sealed class BatchExtraction(IMemoryRecords records, ModelQuestion question, ExtractionTally tally, TimeProvider time)
{
    private readonly BatchReader _reader = new(records);
    private readonly BatchWriting _writing = new(records, time);

    /// <summary>Learns from a batch. What cannot be learned from is left, with the reason.</summary>
    public async Task LearnAsync(EpisodeBatch batch, CancellationToken cancellationToken)
    {
        // it was erased, changed or learned from by somebody else since the work began
        if (await _reader.ReadAsync(batch.Episodes, cancellationToken).ConfigureAwait(false) is not { } reading || await _writing.IsDoneAsync(batch.Episodes, cancellationToken).ConfigureAwait(false))
            return;
        (BatchAnswer? answer, string? problem) = await BatchQuestion.AskAsync(question, reading, cancellationToken).ConfigureAwait(false);
        if (answer is not null)
        {
            (BatchChange? change, problem) = await _writing.WriteAsync(reading, answer, cancellationToken).ConfigureAwait(false);
            if (change is not null)
                Count(reading, answer, change);
        }

        if (problem is not null)
            tally.Leave(reading.Episodes[0].Key, problem);
    }

    private void Count(BatchReading reading, BatchAnswer answer, BatchChange change)
    {
        ExtractionResult before = tally.Result;
        tally.Drop(answer.Drops);
        tally.Result = before with
        {
            Batches = before.Batches + 1,
            Episodes = before.Episodes + reading.Episodes.Count,
            NewFacts = before.NewFacts + change.NewFacts,
            Superseding = before.Superseding + change.Superseding,
            Unchanged = before.Unchanged + change.Unchanged,
            Corrected = before.Corrected + change.Corrected,
            Concepts = before.Concepts + change.Concepts,
            Shortened = before.Shortened + reading.Episodes.Count(BatchPrompt.IsShortened),
        };
    }
}
