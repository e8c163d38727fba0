using AgentRouter.Events;

namespace AgentRouter.Workflows.Journal;

/// <summary>Finds in a journal what happens again when the run is done again, and in what time.</summary>
internal static class JournalReading
{
    /// <summary>Leaves out what does not happen again: remarks, the ends of earlier processes, and how nodes were left when they ended.</summary>
    /// <param name="events">All events of the run, in order.</param>
    public static List<RecordedEvent> Read(IReadOnlyList<RunEvent> events)
    {
        HashSet<RunEvent> left = Left(events);
        Dictionary<RunEvent, string> outputs = RunFork.Outputs(events);
        var recorded = new List<RecordedEvent>(events.Count);
        TimeSpan elapsed = TimeSpan.Zero;
        for (int i = 0; i < events.Count; i++)
        {
            RunEvent next = events[i];
            // no process worked between the end of one and the beginning of the next; a clock that was set back counts as none
            if (i > 0 && next is not (RunResumed or RunForked) && events[i - 1] is not (RunEnded or RunForked) && next.Time > events[i - 1].Time)
                elapsed += next.Time - events[i - 1].Time;
            if (next is not (RunStarted or RunEnded or RunResumed or RunForked or RunWarning or ToolsOpened) && !left.Contains(next))
                recorded.Add(new RecordedEvent(next, elapsed) { Output = outputs.GetValueOrDefault(next) });
        }

        return recorded;
    }

    // A process that ends a run waiting or cancelled leaves nodes in the middle, from the outermost to the innermost. A branch that was broken
    // off by its siblings is not left: the node around it went on.
    private static HashSet<RunEvent> Left(IReadOnlyList<RunEvent> events)
    {
        var left = new HashSet<RunEvent>(ReferenceEqualityComparer.Instance);
        var last = new Dictionary<string, RunEvent>();
        foreach (RunEvent next in events)
        {
            if (next is NodeStarted or NodeFinished or NodeFailed or EdgeTaken)
                last[next.Node ?? ""] = next;
            if (next is not RunEnded { Outcome: RunOutcome.Waiting or RunOutcome.Cancelled })
                continue;
            foreach ((string path, RunEvent at) in last)
            {
                if (at is NodeFailed { IsLeft: true } && IsLeftAround(path, last))
                    left.Add(at);
            }
        }

        return left;
    }

    private static bool IsLeftAround(string path, Dictionary<string, RunEvent> last)
    {
        for (int slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            if (last.TryGetValue(path[..slash], out RunEvent? around) && around is not NodeFailed { IsLeft: true })
                return false;
        }

        return true;
    }
}
