using AgentRouter.Memory.Retrieval.Aid;

namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>Finds what answers a question with as much effort as it is worth: words and rules for most, vectors, a reranker or calls of a model where those are not sure.</summary>
/// <remarks>
/// <para>
/// Words are asked first, as <see cref="GraphMemory"/> does without vectors, and what they find says how sure they are: a question of which the first of what is found holds nearly all
/// costs nothing. The plan says for each part of a recall how much effort it got, and why. Whatever cannot be asked or paid makes the effort less, never the recall fail.
/// </para>
/// <para>What was remembered is shown to models as quoted data. What they say chooses where to look, orders what was found or tells it; it brings nothing in that is not remembered.</para>
/// <para>Thread-safe. Nothing that it is given belongs to it.</para>
/// </remarks>
public sealed class AssistedRecall
{
    private readonly IRecallMemory _memory;
    private readonly AssistedRecallOptions _options;

    /// <summary>Makes it.</summary>
    /// <param name="memory">The memory, with its embeddings where there are some.</param>
    /// <param name="options">What else there is.</param>
    /// <exception cref="ArgumentException">The options do not fit together, or a number is out of its range.</exception>
    public AssistedRecall(GraphMemory memory, AssistedRecallOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(memory);
        (_memory, _options) = (memory, (options ?? new AssistedRecallOptions()).Validated());
    }

    /// <summary>Makes it over what stands for a memory.</summary>
    internal AssistedRecall(IRecallMemory memory, AssistedRecallOptions options) => (_memory, _options) = (memory, options.Validated());

    /// <summary>Finds what scopes remember that answers a question.</summary>
    /// <param name="scopes">The scopes.</param>
    /// <param name="question">The question.</param>
    /// <param name="effort">The effort for all parts, as far as there is what it takes; <see langword="null"/> to let the question decide.</param>
    /// <param name="cancellationToken">Cancels the search and the calls.</param>
    /// <returns>What was found, how, and its summary where one was made.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of the question is out of range.</exception>
    /// <exception cref="IOException">The memory cannot be read.</exception>
    public Task<AssistedRecallResult> RecallAsync(IReadOnlyCollection<MemoryScope> scopes, MemoryQuestion question, RecallEffort? effort = null, CancellationToken cancellationToken = default) =>
        RecallAsync(scopes, question, effort, isTold: true, cancellationToken);

    /// <summary>Finds what scopes remember, with or without a summary of it.</summary>
    internal async Task<AssistedRecallResult> RecallAsync(IReadOnlyCollection<MemoryScope> scopes, MemoryQuestion question, RecallEffort? effort, bool isTold, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        ArgumentNullException.ThrowIfNull(question);
        MemoryRecall low = await _memory.RecallAsync(scopes, question, new RecallAid { Measures = effort != RecallEffort.Low }, cancellationToken).ConfigureAwait(false);
        var purse = new RecallPurse(_options);
        var means = new RecallMeans(_options.Client is not null, low.Sureness is { HasVectors: true }, _options.Reranker is not null, purse.Refusal);
        QuestionLook look = QuestionLook.At(question.Read);
        // where nothing is remembered there is nothing to work on, whatever was wished
        RecallPlan plan = effort is { } wish && (wish == RecallEffort.Low || low.Sureness is not null)
            ? RecallPlanner.Wished(wish, means)
            : RecallPlanner.Of(look, low.Sureness, await FillAsync(scopes, question, cancellationToken).ConfigureAwait(false), means);
        if (!isTold)
            plan = plan with { Modules = [.. plan.Modules.Select(each => each.Module == RecallModule.Summary ? new PlannedModule(RecallModule.Summary, RecallEffort.Low, "the notes are wanted themselves") : each)] };
        return plan.IsLow
            ? new AssistedRecallResult(low, plan, null)
            : await new AssistedQuestion(_memory, _options, purse, scopes, question, look).RecallAsync(low, plan, cancellationToken).ConfigureAwait(false);
    }

    // how many times all that is wanted fills the tokens
    private async Task<double> FillAsync(IReadOnlyCollection<MemoryScope> scopes, MemoryQuestion question, CancellationToken cancellationToken)
    {
        if (question.MaxTokens is not { } tokens)
            return 0;
        MemoryRecall all = await _memory.RecallAsync(scopes, question with { MaxTokens = null }, RecallAid.None, cancellationToken).ConfigureAwait(false);
        return (double)all.Items.Sum(RecallSelection.TokensOf) / tokens;
    }
}
