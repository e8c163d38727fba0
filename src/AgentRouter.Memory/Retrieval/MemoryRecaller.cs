using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Index;
using AgentRouter.Memory.Retrieval.Aid;
using AgentRouter.Memory.Retrieval.Weights;

namespace AgentRouter.Memory.Retrieval;

/// <summary>Answers a question from a scope: ranks, reads what was found, and says how it was reached.</summary>
internal static class MemoryRecaller
{
    // so much that came since the last question is indexed first; more is indexed beside
    private const int WorthWaiting = 2_000;

    // texts are read for more than is wanted, because near copies are left out and not all fit
    private const int Spare = 20;
    private const int ShownText = 120;

    /// <summary>Answers a question.</summary>
    public static async Task<MemoryRecall> RecallAsync(OpenScope scope, MemoryQuestion question, RecallAid aid, MemoryWeights weights, DateTimeOffset now, CancellationToken cancellationToken)
    {
        (MemoryIndex index, long unseen) = await scope.Indexer.TakeAsync(WorthWaiting, cancellationToken).ConfigureAwait(false);
        RankingAid? ranking = await RankingAid.OfAsync(scope, index, aid, cancellationToken).ConfigureAwait(false);
        bool hasVectors = aid.Measures && scope.Vectors is not null && !(await scope.Vectors.TakeAsync(index, cancellationToken).ConfigureAwait(false)).IsEmpty;
        return await RecallAsync(scope, index, question, new RankingOptions { Weights = weights, Aid = ranking }, unseen, now, cancellationToken, ranked => aid.Measures ? RecallSureness.Of(ranked, question.MaxItems, hasVectors) : null).ConfigureAwait(false);
    }

    /// <summary>Answers a question from an index.</summary>
    public static async Task<MemoryRecall> RecallAsync(
        OpenScope scope, MemoryIndex index, MemoryQuestion question, RankingOptions how, long unseen, DateTimeOffset now, CancellationToken cancellationToken,
        Func<RankedNodes, RecallSureness?>? measure = null)
    {
        using RankedNodes ranked = MemoryRanking.Of(index, question, now, how, cancellationToken);
        Ranked[] first = [.. ranked.Order.Take(question.MaxItems + Spare)];
        var paths = first.ToDictionary(each => each.Id, each => RecallPaths.To(ranked, each.Id));
        Dictionary<long, MemoryNode> nodes = (await scope.Records.ReadNodesAsync([.. paths.Values.SelectMany(path => path).Select(step => (long)step.Id).Distinct()], cancellationToken).ConfigureAwait(false)).ToDictionary(node => node.Id);
        Dictionary<long, MemoryNode> sources = (await scope.Records.ReadNodesAsync([.. nodes.Values.Select(node => node.SourceId).Where(id => id != 0).Distinct()], cancellationToken).ConfigureAwait(false)).ToDictionary(node => node.Id);
        var items = new List<RecalledItem>();
        foreach (Ranked each in first)
        {
            // erased or superseded after it was ranked
            if (!nodes.TryGetValue(each.Id, out MemoryNode? node) || (node.HeldUntil is not null && !question.IncludeSuperseded))
                continue;
            items.Add(new RecalledItem(scope.Scope, node, sources.GetValueOrDefault(node.SourceId), each.Score, [.. paths[each.Id].Where(step => nodes.ContainsKey(step.Id)).Select(step => Shown(step, nodes[step.Id]))]) { HasWords = ranked.Words[each.Id] > 0 });
        }

        return new MemoryRecall { Items = items, Intent = ranked.Question.Intent, Unseen = unseen, Sureness = measure?.Invoke(ranked) };
    }

    private static RecallStep Shown(RecallPaths.Step step, MemoryNode node) =>
        new(step.Id, node.Kind, Beginning(node.Text), step.Edge);

    // never half of a character
    private static string Beginning(string text) =>
        text.Length <= ShownText ? text : text[..(char.IsHighSurrogate(text[ShownText - 1]) ? ShownText - 1 : ShownText)] + "…";
}
