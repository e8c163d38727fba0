using AgentRouter.Events;
using AgentRouter.Workflows.Engine;

namespace AgentRouter.Workflows.Journal;

/// <summary>What is recorded of a run, as it is done again. Events of one step, and those of one node outside its steps, come in their
/// recorded order; steps and nodes that ran at the same time are told apart. Not thread-safe: its owner locks.</summary>
internal sealed class RecordedRun
{
    private readonly Dictionary<(string Node, int Step), Strand> _strands = [];
    private readonly Dictionary<string, Queue<int>> _calls = [];
    private readonly Dictionary<string, List<(int Step, string CallId)>> _tools = [];
    private readonly Dictionary<string, Queue<RecordedEvent>> _inOrder = [];
    private readonly List<RecordedEvent> _awaited;
    private int _next;

    /// <param name="events">All events of the run, in order.</param>
    public RecordedRun(IReadOnlyList<RunEvent> events)
    {
        List<RecordedEvent> recorded = JournalReading.Read(events);
        foreach (RecordedEvent each in recorded)
        {
            RunEvent of = each.Event;
            string node = of.Node ?? "";
            StrandOf(node, of.Step, make: true)!.Events.Enqueue(each);
            Steps = Math.Max(Steps, of.Step ?? 0);
            if (of is NodeStarted)
                Of(_inOrder, ParentOf(node)).Enqueue(each);
            if (of is StepRouted)
                Of(_calls, node).Enqueue(of.Step!.Value);
            else if (of is ToolCalled tool)
                Of(_tools, node).Add((of.Step!.Value, tool.CallId));
        }

        _awaited = [.. recorded.Where(each => each.IsAwaited)];
        LastSequence = events.Count > 0 ? events[^1].Sequence : 0;
        ForkedAt = events.OfType<RunForked>().LastOrDefault()?.Time;
        HasTools = events.OfType<ToolsOpened>().Any();
    }

    /// <summary>Gets the number of the last event of the journal.</summary>
    public long LastSequence { get; }

    /// <summary>Gets a value indicating whether the tools are recorded that the run had open.</summary>
    public bool HasTools { get; }

    /// <summary>Gets when the run was forked from another one, or <see langword="null"/>.</summary>
    public DateTimeOffset? ForkedAt { get; }

    /// <summary>Gets the number of the last step.</summary>
    public int Steps { get; }

    /// <summary>Gets the event that everything waits for, or <see langword="null"/> when all has happened again.</summary>
    public RecordedEvent? Next => _next < _awaited.Count ? _awaited[_next] : null;

    /// <summary>Takes the number of the next LLM call of a node.</summary>
    public (int Step, int CallIndex)? TakeCall(string? node) =>
        _calls.TryGetValue(node ?? "", out Queue<int>? calls) && calls.TryDequeue(out int step)
            ? (step, ((StepRouted)StrandOf(node, step)!.Events.Peek().Event).Features.StepIndex)
            : null;

    /// <summary>Looks at the next LLM call of a node.</summary>
    public StepRouted? NextCall(string? node) =>
        _calls.TryGetValue(node ?? "", out Queue<int>? calls) && calls.TryPeek(out int step) ? StrandOf(node, step)!.Events.Peek().Event as StepRouted : null;

    /// <summary>Takes the number of a tool call of a node.</summary>
    /// <param name="node">The node's path.</param>
    /// <param name="callId">The id that the model gave the call; <see langword="null"/> for one that the engine makes by itself.</param>
    public int? TakeTool(string? node, string? callId)
    {
        if (!_tools.TryGetValue(node ?? "", out List<(int Step, string CallId)>? calls))
            return null;
        int at = calls.FindIndex(call => callId is null ? call.CallId == ToolInvoker.OwnCallId(call.Step) : call.CallId == callId);
        if (at < 0)
            return null;
        int step = calls[at].Step;
        calls.RemoveAt(at);
        return step;
    }

    /// <summary>Tells whether a tool call of a node is recorded that has not been taken.</summary>
    public bool HasTool(string? node, string callId) => _tools.TryGetValue(node ?? "", out List<(int Step, string CallId)>? calls) && calls.Exists(call => call.CallId == callId);

    /// <summary>Looks at the next recorded event of a step, or of a node outside its steps.</summary>
    public RecordedEvent? Peek(string? node, int? step) => StrandOf(node, step) is { Events.Count: > 0 } strand ? strand.Events.Peek() : null;

    /// <summary>Looks at all recorded events of a step that have not happened again.</summary>
    public IEnumerable<RecordedEvent> Rest(string? node, int? step) => StrandOf(node, step)?.Events ?? Enumerable.Empty<RecordedEvent>();

    /// <summary>Finds the visit that comes next in a workflow, where one is recorded.</summary>
    /// <param name="workflow">The path of the node that nests the workflow, or "" for the run's own.</param>
    public RecordedEvent? NextVisit(string workflow)
    {
        if (!_inOrder.TryGetValue(workflow, out Queue<RecordedEvent>? visits))
            return null;
        while (visits.TryPeek(out RecordedEvent? visit) && visit.IsDone)
            visits.Dequeue();
        return visits.TryPeek(out RecordedEvent? next) ? next : null;
    }

    /// <summary>Tells whether the last event of a step was a recorded one.</summary>
    public bool WasRecorded(string? node, int? step) => StrandOf(node, step) is { IsLive: false };

    /// <summary>Notes that something happens that is not recorded.</summary>
    public void GoLive(string? node, int? step) => StrandOf(node, step, make: true)!.IsLive = true;

    /// <summary>Notes that the next recorded event of a step has happened again.</summary>
    public void Take(string? node, int? step)
    {
        StrandOf(node, step)!.Events.Dequeue().IsDone = true;
        while (_next < _awaited.Count && _awaited[_next].IsDone)
            _next++;
    }

    private static string ParentOf(string path) => path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";

    private Strand? StrandOf(string? node, int? step, bool make = false)
    {
        (string, int) key = (node ?? "", step ?? 0);
        if (!_strands.TryGetValue(key, out Strand? strand) && make)
            _strands[key] = strand = new Strand();
        return strand;
    }

    private static T Of<T>(Dictionary<string, T> all, string node)
        where T : new()
    {
        if (!all.TryGetValue(node, out T? of))
            all[node] = of = new T();
        return of;
    }

    private sealed class Strand
    {
        public Queue<RecordedEvent> Events { get; } = new();

        public bool IsLive { get; set; }
    }
}
