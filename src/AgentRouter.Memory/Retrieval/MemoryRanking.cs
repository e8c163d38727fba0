using System.Runtime.InteropServices;
using AgentRouter.Memory.Index;
using AgentRouter.Memory.Retrieval.Aid;
using AgentRouter.Memory.Retrieval.Walk;

namespace AgentRouter.Memory.Retrieval;

/// <summary>Ranks what a scope remembers for a question.</summary>
internal static class MemoryRanking
{
    private const int Near = 150;
    private const int ManyForParallel = 20_000;

    // a long walk comes to many places where hardly any of it is
    private const int MostPassages = 2_000;

    // so many turns are worth the waking of another thread
    private const int ManyTurns = 500;

    /// <summary>Ranks the nodes of an index.</summary>
    /// <param name="index">The index.</param>
    /// <param name="question">The question.</param>
    /// <param name="now">When it is asked, where it does not say so itself.</param>
    /// <param name="how">What counts how much, what helps, and who is told of it.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public static RankedNodes Of(MemoryIndex index, MemoryQuestion question, DateTimeOffset now, RankingOptions how, CancellationToken cancellationToken)
    {
        (RankingParts parts, RankingAid? aid) = (how.Parts, how.Aid);
        QuestionReading reading = QuestionReader.Read(question, index, question.AskedAt ?? now);
        if (aid is not null)
            reading = HintedQuestion.Of(reading, aid.Hints, index);
        (LexicalScores scores, IReadOnlyCollection<int> near) = Match(index, question, reading);
        cancellationToken.ThrowIfCancellationRequested();
        var order = new List<Ranked>();
        NameWalk? walk = null;
        if (parts.HasFlag(RankingParts.Walk))
        {
            var passages = new List<Ranked>();
            Action rankTurns = () => RankTurns(index, aid is null ? near : [.. near, .. Meant(index, question, aid)], reading, scores, how, order);
            Action rankPassages = () =>
            {
                var seeds = new PassageSeeds(index, reading, scores, withNames: parts.HasFlag(RankingParts.Intent), aid is null ? null : new AidedSeeds(index, question, aid));
                walk = PassageWalk.From(index, seeds.Best(PassageWalk.MostSeeds));
                if (walk is not null)
                    RankPassages(walk, new PassageNumbers(index, reading, scores, seeds, walk), question, how, passages);
            };
            AtOnce(index, index.Lengths.Spoken > 0 ? rankTurns : null, index.Lengths.Written > 0 ? rankPassages : null, inOrder: how.Found is not null);
            order.AddRange(passages);
        }
        else
        {
            foreach (int id in scores.Nodes.Touched)
                order.Add(new Ranked(id, scores.Nodes[id]));
        }

        order.Sort(static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Id.CompareTo(b.Id));
        return new RankedNodes(index, reading, order, scores.Nodes, walk);
    }

    private static (LexicalScores Words, IReadOnlyCollection<int> Near) Match(MemoryIndex index, MemoryQuestion question, QuestionReading reading)
    {
        LexicalScores? words = null;
        IReadOnlyCollection<int> near = [];
        Action matchWords = () => words = LexicalScores.Of(index, reading.Terms, question.IncludeSuperseded);
        Action compare = () => near = NearNodes.Of(index, reading.Meaning, Near, question.IncludeSuperseded);
        AtOnce(index, matchWords, index.Lengths.Spoken > 0 ? compare : null, inOrder: false);
        return (words!, near);
    }

    // two parts of the work, at once where there is much of it
    private static void AtOnce(MemoryIndex index, Action? one, Action? other, bool inOrder)
    {
        if (one is not null && other is not null && !inOrder && index.Lengths.Count >= ManyForParallel)
        {
            Parallel.Invoke(one, other);
            return;
        }

        one?.Invoke();
        other?.Invoke();
    }

    private static IEnumerable<int> Meant(MemoryIndex index, MemoryQuestion question, RankingAid aid) =>
        (aid.Embedded?.Nearest(index, Near, question.IncludeSuperseded) ?? []).Concat(aid.Anchors.Ids).Where(index.IsSpoken);

    private static void RankTurns(MemoryIndex index, IReadOnlyCollection<int> near, QuestionReading reading, LexicalScores scores, RankingOptions how, List<Ranked> order)
    {
        int[] candidates = Candidates.Of(index, scores, near);
        var evidence = new ContextEvidence(index, reading, scores, TermMatches.Of(index, reading.Terms, candidates, withSimilar: how.Parts.HasFlag(RankingParts.Meaning)));
        var features = new TurnFeatures(index, reading, scores, evidence, how.Aid?.Embedded);
        int[] spoken = [.. candidates.Where(index.IsSpoken)];
        var speaking = new NodeFeatures[spoken.Length];
        Shared.For(spoken.Length, ManyTurns, place => speaking[place] = features.Of(spoken[place]));
        for (int place = 0; place < spoken.Length; place++)
        {
            how.Found?.Invoke(spoken[place], TurnScore.Numbers(speaking[place]));
            order.Add(new Ranked(spoken[place], how.Weights.Turn.Of(speaking[place], how.Parts) + (how.Aid?.Anchors.Of(spoken[place]) ?? 0)));
        }
    }

    private static void RankPassages(NameWalk walk, PassageNumbers numbers, MemoryQuestion question, RankingOptions how, List<Ranked> order)
    {
        PassageScore score = how.Weights.Passage;
        NodeFlags unwanted = NodeFlags.Spoken | NodeFlags.Missing | (question.IncludeSuperseded ? NodeFlags.None : NodeFlags.Superseded);
        var reached = new List<int>();
        for (int place = 0; place < walk.Reached.Length; place++)
        {
            if (walk.Reached[place] > 0 && (numbers.FlagsOf(walk.Graph.Nodes[place]) & unwanted) == 0)
                reached.Add(place);
        }

        foreach (int place in TopNodes.Of(CollectionsMarshal.AsSpan(reached), place => (float)walk.Reached[place], MostPassages))
        {
            int id = walk.Graph.Nodes[place];
            if (how.Found is null && score.IsWalkAlone)
            {
                order.Add(new Ranked(id, numbers.Walked(place)));
                continue;
            }

            double[] speaking = numbers.Of(place);
            how.Found?.Invoke(id, speaking);
            order.Add(new Ranked(id, score.Of(speaking)));
        }
    }
}
