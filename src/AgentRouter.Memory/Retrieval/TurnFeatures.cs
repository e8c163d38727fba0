using AgentRouter.Memory.Embeddings;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Index;

namespace AgentRouter.Memory.Retrieval;

/// <summary>Computes what speaks for nodes. For one question.</summary>
internal sealed class TurnFeatures(MemoryIndex index, QuestionReading question, LexicalScores scores, ContextEvidence evidence, EmbeddedQuestion? embedded = null)
{
    // people speak of a day up to a week later, of a month or a year some days
    private const int DaysAfterDay = 7;
    private const int DaysAfterMonth = 3;
    private const int DaysBefore = 3;
    private const int DaysNearby = 14;
    private const float Nearby = 0.4f;

    /// <summary>Computes the features of a node.</summary>
    /// <param name="id">The node's number.</param>
    public NodeFeatures Of(int id)
    {
        IndexSegment segment = index.SegmentOf(id);
        IndexedNodes nodes = segment.Nodes;
        int row = id - segment.FirstId, source = nodes.Sources[row];
        NodeFlags flags = nodes.Flags[row];
        return new NodeFeatures
        {
            Evidence = evidence.Of(id),
            Speaker = question.Speaker == 0 || nodes.Speakers[row] == 0 ? 0.5f : nodes.Speakers[row] == question.Speaker ? 1 : 0,
            Source = scores.Sources.GetValueOrDefault(source),
            Meaning = embedded?.Nearness(id) is { } nearness ? EmbeddedQuestion.Trust * nearness : index.Meanings.Nearness(id, question.Meaning),
            NamesTime = question.AsksWhen && (flags & NodeFlags.NamesTime) != 0 ? 1 : 0,
            SaidThen = SaidThen(nodes.SaidAt[row]),
            HappenedThen = HappenedThen(id, nodes, row),
            GivesReason = question.Intent.HasFlag(MemoryIntent.Causal) && GivesReason(id) ? 1 : 0,
        };
    }

    // the import has read it: the way to a turn that gives a reason is one of cause
    private bool GivesReason(int id)
    {
        for (EdgeCursor edges = index.EdgesOf(id, incoming: true); edges.MoveNext();)
        {
            if (edges.Kind == MemoryEdgeKind.Next && edges.Relation.Causal > 0)
                return true;
        }

        return false;
    }

    private float SaidThen(int minutes)
    {
        if (question.Periods.Count == 0 || minutes == int.MinValue)
            return 0;
        int day = (int)Math.Floor(minutes / (24 * 60.0)) + DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        float best = 0;
        foreach (MemoryPeriod period in question.Periods)
        {
            int first = period.First.DayNumber, last = period.Last.DayNumber;
            if (day >= first && day <= last + (first == last ? DaysAfterDay : DaysAfterMonth))
                return 1;
            if (day >= first - DaysBefore && day <= last + DaysNearby)
                best = Nearby;
        }

        return best;
    }

    private float HappenedThen(int id, IndexedNodes nodes, int row)
    {
        if (question.Periods.Count == 0)
            return 0;
        if (Overlaps(nodes, row))
            return 1;
        for (EdgeCursor edges = index.EdgesOf(id, incoming: false); edges.MoveNext();)
        {
            if (edges.Kind != MemoryEdgeKind.Mentions)
                continue;
            IndexSegment segment = index.SegmentOf(edges.Other);
            if (Overlaps(segment.Nodes, edges.Other - segment.FirstId))
                return 1;
        }

        return 0;
    }

    // a day must be met by a day or so: "in 2023" says nothing of the seventh of May
    private bool Overlaps(IndexedNodes nodes, int row)
    {
        const int LongestForDay = 31;
        int first = nodes.HappenedFirst[row], last = nodes.HappenedLast[row];
        if (first < 0)
            return false;
        foreach (MemoryPeriod period in question.Periods)
        {
            bool isDay = period.First == period.Last;
            if (first <= period.Last.DayNumber && last >= period.First.DayNumber && (!isDay || last - first <= LongestForDay))
                return true;
        }

        return false;
    }
}
