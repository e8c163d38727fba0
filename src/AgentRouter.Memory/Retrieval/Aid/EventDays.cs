using AgentRouter.Memory.Embeddings;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Index;

namespace AgentRouter.Memory.Retrieval.Aid;

/// <summary>Finds the days of an event that a question names in place of a date: "after the marathon".</summary>
internal static class EventDays
{
    // the turn that tells of the event must be near, or any turn would date it
    private const float Near = 0.4f;

    // what came before or after it is told within so many days
    private const int Around = 14;

    /// <summary>Finds them.</summary>
    /// <param name="index">The index.</param>
    /// <param name="named">The words that name the event.</param>
    /// <returns>The days around the event; <see langword="null"/> where nothing tells of it, or nobody knows when.</returns>
    public static MemoryPeriod? Of(MemoryIndex index, EmbeddedQuestion named)
    {
        if (named.Nearest(index, 1, includeSuperseded: false) is not [var id] || named.Nearness(id) < Near)
            return null;
        IndexSegment segment = index.SegmentOf(id);
        int row = id - segment.FirstId;
        if (segment.Nodes.HappenedFirst[row] is >= 0 and var first)
            return Widened(DateOnly.FromDayNumber(first), DateOnly.FromDayNumber(segment.Nodes.HappenedLast[row]));
        if (segment.Nodes.SaidAt[row] is not (> int.MinValue and var minutes))
            return null;
        var day = DateOnly.FromDateTime(DateTime.UnixEpoch.AddMinutes(minutes));
        return Widened(day, day);
    }

    private static MemoryPeriod Widened(DateOnly first, DateOnly last) =>
        new(DateOnly.FromDayNumber(Math.Max(DateOnly.MinValue.DayNumber, first.DayNumber - Around)), DateOnly.FromDayNumber(Math.Min(DateOnly.MaxValue.DayNumber, last.DayNumber + Around)));
}
