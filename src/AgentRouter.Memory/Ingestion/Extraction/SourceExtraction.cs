using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>Learns from one short source with one call, part by part: what the model is shown can be kept before it is asked, and shown again where the work is done again.</summary>
internal static class SourceExtraction
{
    /// <summary>Reads what a model is shown: all episodes of the source, as one batch.</summary>
    /// <param name="records">The memory.</param>
    /// <param name="source">The key of the source.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>What it is shown; <see langword="null"/> where the source is gone, or was learned from.</returns>
    public static async Task<BatchReading?> ReadAsync(IMemoryRecords records, string source, CancellationToken cancellationToken)
    {
        if (await records.FindAsync(MemoryNodeKind.Source, source, cancellationToken).ConfigureAwait(false) is not { } node)
            return null;
        IReadOnlyList<UnmarkedNode> episodes = await records.ReadUnmarkedAsync(MemoryNodeKind.Episode, ExtractionRecipes.Facts, node.Id, cancellationToken).ConfigureAwait(false);
        return episodes.Count == 0 ? null : await new BatchReader(records).ReadAsync([.. episodes.Take(ExtractionLimits.BatchEpisodes).Select(episode => episode.Id)], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks a model, once more where its answer cannot be read.</summary>
    /// <param name="client">The model.</param>
    /// <param name="options">How it is asked.</param>
    /// <param name="reading">What it is shown.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The answer, or why there is none.</returns>
    public static Task<(BatchAnswer? Answer, string? Problem)> AskAsync(IChatClient client, ExtractionOptions options, BatchReading reading, CancellationToken cancellationToken) =>
        BatchQuestion.AskAsync(new ModelQuestion(client, options, new ExtractionTally()), reading, cancellationToken);

    /// <summary>Writes what the model said, where nobody has.</summary>
    /// <param name="records">The memory.</param>
    /// <param name="reading">What the model was shown.</param>
    /// <param name="answer">What it said.</param>
    /// <param name="time">Tells when facts of episodes without a time were learned.</param>
    /// <param name="cancellationToken">Cancels the writing; nothing is kept then.</param>
    /// <returns>Why it could not be written; <see langword="null"/> where it is.</returns>
    public static async Task<string?> WriteAsync(IMemoryRecords records, BatchReading reading, BatchAnswer answer, TimeProvider time, CancellationToken cancellationToken) =>
        (await new BatchWriting(records, time).WriteAsync(reading, answer, cancellationToken).ConfigureAwait(false)).Problem;
}
