using System.Globalization;
using AgentRouter.Budgets;
using AgentRouter.Configuration;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Ingestion.Extraction.Reflections;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Use;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>Learns with a model from episodes: facts, topics, and what several facts mean together.</summary>
/// <remarks>
/// <para>Episodes are asked about once, in batches, and each batch is written as a whole with a mark of its episodes: work that ended anywhere goes on where it was, and only a batch that was
/// answered and not yet written is paid for again. Every fact has edges to the episodes that say it, every reflection to its facts.</para>
/// <para>What the model says is data: only facts of the batch's own episodes are taken, within bounds, and what it says is never done.</para>
/// <para>The mechanism is that of GAAMA (arXiv 2603.27910): batches of 500 tokens, facts and concepts in one call with what is known around them, reflections from facts.</para>
/// </remarks>
public sealed class MemoryExtractor
{
    private const int CharactersPerToken = 4;

    private readonly IMemoryRecords _records;
    private readonly IChatClient _client;
    private readonly ExtractionOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Makes an extractor.</summary>
    /// <param name="records">What is learned from, and where it is written; they stay the caller's.</param>
    /// <param name="client">The model, best a step router under a budget; not owned.</param>
    /// <param name="options">How it is asked.</param>
    /// <param name="time">Tells when facts of episodes without a time were learned; the system's clock when not given.</param>
    public MemoryExtractor(IMemoryRecords records, IChatClient client, ExtractionOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(client);
        (_records, _client, _options, _time) = (records, client, (options ?? new ExtractionOptions()).Validated(), time ?? TimeProvider.System);
    }

    /// <summary>Tells what an extraction would ask. No model is asked.</summary>
    /// <param name="records">What is learned from.</param>
    /// <param name="request">What is to be learned from; everything by default.</param>
    /// <param name="options">How a model would be asked.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ConfigurationException">A source is not there.</exception>
    public static async Task<ExtractionPlan> PlanAsync(IMemoryRecords records, ExtractionRequest? request = null, ExtractionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        request ??= new ExtractionRequest();
        IReadOnlyList<EpisodeBatch> batches = await BatchesAsync(records, request, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<UnmarkedNode> facts = request.Reflections ? await records.ReadUnmarkedAsync(MemoryNodeKind.Fact, ExtractionRecipes.Reflections, 0, cancellationToken).ConfigureAwait(false) : [];
        long around = MemoryPrompt.TokensOf(BatchPrompt.Instructions) + (BatchPrompt.MostAround / CharactersPerToken);
        return new ExtractionPlan(
            batches.Count,
            batches.Sum(batch => batch.Episodes.Count),
            facts.Count,
            batches.Sum(batch => around + ((Math.Min(batch.Length, ExtractionLimits.EpisodeLength) + (batch.Episodes.Count * BatchPrompt.MostBeside)) / CharactersPerToken)),
            (long)batches.Count * (options ?? new ExtractionOptions()).Validated().MaxOutputTokens);
    }

    /// <summary>Learns from what nothing was learned from yet.</summary>
    /// <param name="request">What is to be learned from; everything by default.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellationToken">Cancels the work; what was written stays.</param>
    /// <returns>What came of it. A budget that is used up ends the work and is no exception.</returns>
    /// <exception cref="ConfigurationException">A source is not there; nothing is asked.</exception>
    /// <exception cref="IOException">It cannot be read or written; what was written stays.</exception>
    /// <remarks>What else the model's client throws comes through; what was written stays.</remarks>
    public async Task<ExtractionResult> ExtractAsync(ExtractionRequest? request = null, IProgress<ExtractionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        request ??= new ExtractionRequest();
        var tally = new ExtractionTally();
        var question = new ModelQuestion(_client, _options, tally);
        try
        {
            await LearnAsync(await BatchesAsync(_records, request, cancellationToken).ConfigureAwait(false), question, tally, progress, cancellationToken).ConfigureAwait(false);
            if (request.Reflections)
                await new ReflectionExtraction(_records, question, tally, _time).ReflectAsync(cancellationToken).ConfigureAwait(false);
            return tally.End(ExtractionStatus.Finished);
        }
        catch (BudgetExceededException)
        {
            return tally.End(ExtractionStatus.BudgetExceeded);
        }
    }

    private async Task LearnAsync(IReadOnlyList<EpisodeBatch> batches, ModelQuestion question, ExtractionTally tally, IProgress<ExtractionProgress>? progress, CancellationToken cancellationToken)
    {
        var extraction = new BatchExtraction(_records, question, tally, _time);
        for (int done = 0; done < batches.Count; done++)
        {
            tally.Waiting = batches.Count - done;
            await extraction.LearnAsync(batches[done], cancellationToken).ConfigureAwait(false);
            progress?.Report(new ExtractionProgress(done + 1, batches.Count, tally.Result.NewFacts));
        }

        tally.Waiting = 0;
    }

    private static async Task<IReadOnlyList<EpisodeBatch>> BatchesAsync(IMemoryRecords records, ExtractionRequest request, CancellationToken cancellationToken)
    {
        if (request.Sources.Count == 0)
            return EpisodeBatch.Part(await records.ReadUnmarkedAsync(MemoryNodeKind.Episode, ExtractionRecipes.Facts, 0, cancellationToken).ConfigureAwait(false));
        var episodes = new List<UnmarkedNode>();
        foreach (string key in request.Sources.Distinct(StringComparer.Ordinal))
        {
            MemoryNode source = await records.FindAsync(MemoryNodeKind.Source, key, cancellationToken).ConfigureAwait(false)
                ?? throw new ConfigurationException(string.Create(CultureInfo.InvariantCulture, $"There is no source '{key}' in {records.Scope}. Name the key of a source that was imported."));
            episodes.AddRange(await records.ReadUnmarkedAsync(MemoryNodeKind.Episode, ExtractionRecipes.Facts, source.Id, cancellationToken).ConfigureAwait(false));
        }

        return EpisodeBatch.Part(episodes);
    }
}
