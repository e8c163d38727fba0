using AgentRouter.Memory.Embeddings;
using AgentRouter.Memory.Retrieval.Aid;

namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>The work on one question after its plan was made.</summary>
internal sealed class AssistedQuestion(IRecallMemory memory, AssistedRecallOptions options, RecallPurse purse, IReadOnlyCollection<MemoryScope> scopes, MemoryQuestion question, QuestionLook look)
{
    private static readonly RecallModule[] Readings = [RecallModule.Entities, RecallModule.Temporal, RecallModule.Topics];

    private readonly ModelCall _call = new(options, purse);
    private readonly Dictionary<RecallModule, PlannedModule> _modules = [];
    private IQuestionVectors? _vectors;
    private IReadOnlyList<QuestionPhrase> _phrases = [];

    /// <summary>Works.</summary>
    /// <param name="low">What words alone found.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task<AssistedRecallResult> RecallAsync(MemoryRecall low, RecallPlan plan, CancellationToken cancellationToken)
    {
        foreach (PlannedModule each in plan.Modules)
            _modules[each.Module] = each;
        QuestionHints? hints = await ReadAsync(cancellationToken).ConfigureAwait(false);
        float[]? vector = await EmbedAsync(low.Sureness is { HasVectors: true }, cancellationToken).ConfigureAwait(false);
        MemoryRecall found = await FindAsync(low, hints, vector, cancellationToken).ConfigureAwait(false);
        (IReadOnlyList<RecalledItem> items, _modules[RecallModule.Filter]) = await new RecallFilter(memory, options, _call).OrderAsync(question.Read, found.Items, vector, _modules[RecallModule.Filter], cancellationToken).ConfigureAwait(false);
        MemoryQuestion all = question with { MaxTokens = null };
        IReadOnlyList<RecalledItem> told = RecallSelection.Choose(items, all);
        RecallSummary? summary = await SummarizeAsync(told, cancellationToken).ConfigureAwait(false);
        return new AssistedRecallResult(
            // what a summary names must stand beside it, fit or not
            found with { Items = summary is null ? RecallSelection.Choose(items, question) : told, EmbeddingProblem = _vectors?.Problem },
            plan with { Modules = [.. plan.Modules.Select(each => _modules[each.Module])] },
            summary);
    }

    private bool Is(RecallModule module, RecallEffort effort) => _modules[module].Effort == effort;

    private void Lower(RecallModule module, RecallEffort effort, string? problem) => _modules[module] = _modules[module] with { Effort = effort, Shortfall = _modules[module].Shortfall ?? problem };

    // one call reads for all parts that are to be done with one
    private async Task<QuestionHints?> ReadAsync(CancellationToken cancellationToken)
    {
        RecallModule[] high = [.. Readings.Where(module => Is(module, RecallEffort.High))];
        if (high.Length == 0)
            return null;
        QuestionHints? hints = await ModelReading.ReadAsync(_call, question.Read, question.AskedAt ?? memory.Now, cancellationToken).ConfigureAwait(false);
        if (hints is null)
        {
            foreach (RecallModule module in high)
                Lower(module, RecallEffort.Medium, _call.Problem);
            return null;
        }

        return new QuestionHints
        {
            Names = Is(RecallModule.Entities, RecallEffort.High) ? hints.Names : [],
            Phrases = Is(RecallModule.Topics, RecallEffort.High) ? hints.Phrases : [],
            Periods = Is(RecallModule.Temporal, RecallEffort.High) ? hints.Periods : [],
        };
    }

    // one call makes the vectors of the question and its phrases
    private async Task<float[]?> EmbedAsync(bool hasVectors, CancellationToken cancellationToken)
    {
        bool reads = Readings.Any(module => !Is(module, RecallEffort.Low));
        bool orders = !Is(RecallModule.Filter, RecallEffort.Low) && options.Reranker is null;
        float[]? vector = null;
        string? problem = hasVectors ? purse.Refusal : "there are no vectors";
        if (problem is null && (reads || orders))
        {
            _phrases = look.Phrases(module => Is(module, RecallEffort.Medium));
            _vectors = memory.VectorsOf([question.Read, .. _phrases.Select(phrase => phrase.Text)]);
            vector = _vectors is null ? null : (await _vectors.TakeAsync(cancellationToken).ConfigureAwait(false))?[0];
            problem = _vectors?.Problem;
        }

        foreach (RecallModule module in Readings.Where(module => vector is null && Is(module, RecallEffort.Medium)))
            Lower(module, RecallEffort.Low, problem);
        return vector;
    }

    // what is to be put in order is more than what is wanted
    private async Task<MemoryRecall> FindAsync(MemoryRecall low, QuestionHints? hints, float[]? vector, CancellationToken cancellationToken)
    {
        bool orders = !Is(RecallModule.Filter, RecallEffort.Low), tells = !Is(RecallModule.Summary, RecallEffort.Low), reads = Readings.Any(module => !Is(module, RecallEffort.Low));
        if (!orders && !tells && !reads)
            return low;
        MemoryQuestion wide = question with { MaxItems = orders ? Math.Max(options.Depth, question.MaxItems) : question.MaxItems, MaxTokens = orders || tells ? null : question.MaxTokens };
        return await memory.RecallAsync(scopes, wide, reads ? new RecallAid { Hints = hints, Vectors = vector is null ? null : _vectors, Phrases = _phrases } : RecallAid.None, cancellationToken).ConfigureAwait(false);
    }

    private async Task<RecallSummary?> SummarizeAsync(IReadOnlyList<RecalledItem> items, CancellationToken cancellationToken)
    {
        if (Is(RecallModule.Summary, RecallEffort.Low))
            return null;
        int tokens = question.MaxTokens ?? options.SummaryTokens;
        if (items.Count > 0 && Is(RecallModule.Summary, RecallEffort.High))
        {
            if (await ModelSummary.OfAsync(_call, question.Read, items, tokens, cancellationToken).ConfigureAwait(false) is { } told)
                return told;
            Lower(RecallModule.Summary, RecallEffort.Medium, _call.Problem ?? "the model's summary named none of the evidence");
        }

        if (ChosenSentences.Of(question.Read, items, tokens) is { } chosen)
            return chosen;
        Lower(RecallModule.Summary, RecallEffort.Low, "no sentence of the evidence holds a word of the question");
        return null;
    }
}
