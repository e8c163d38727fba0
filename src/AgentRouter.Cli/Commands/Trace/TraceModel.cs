using AgentRouter.Events;

namespace AgentRouter.Cli.Commands.Trace;

/// <summary>The record of a run as people read it: what belongs to one step stands together, in the order in which things began.</summary>
internal sealed class TraceModel
{
    private readonly List<TraceEntry> _entries = [];
    private readonly Dictionary<int, LlmStep> _steps = [];
    private readonly Dictionary<string, ToolStep> _tools = [];

    /// <summary>Gets what the run began with.</summary>
    public RunStarted? Started { get; private set; }

    /// <summary>Gets how the run ended.</summary>
    public RunEnded? Ended { get; private set; }

    /// <summary>Gets what happened.</summary>
    public IReadOnlyList<TraceEntry> Entries => _entries;

    /// <summary>Adds the next event.</summary>
    /// <param name="runEvent">The event.</param>
    public void Add(RunEvent runEvent)
    {
        if (Ended is { } left && runEvent is not RunEnded)
        {
            // it waited or was stopped there, and went on
            _entries.Add(new Happening(left));
            Ended = null;
        }

        switch (runEvent)
        {
            case RunStarted started:
                Started = started;
                break;
            case RunEnded ended:
                Ended = ended;
                break;
            case ToolCalled called:
                var tool = new ToolStep(called);
                _tools[Key(called, called.CallId)] = tool;
                _entries.Add(tool);
                break;
            case ToolReturned returned when _tools.TryGetValue(Key(returned, returned.CallId), out ToolStep? open):
                open.Returned = returned;
                break;
            case StepRouted or BudgetReserved or BudgetDegraded or BudgetRefused or BudgetSettled or BudgetOverrun or CallSent or CallAnswered or CallFailed or CallInDoubt
                when runEvent.Step is { } number:
                Step(number, runEvent).Events.Add(runEvent);
                break;
            default:
                _entries.Add(new Happening(runEvent));
                break;
        }
    }

    private LlmStep Step(int number, RunEvent first)
    {
        if (!_steps.TryGetValue(number, out LlmStep? step))
        {
            _steps[number] = step = new LlmStep(number, first.Node);
            _entries.Add(step);
        }

        return step;
    }

    private static string Key(RunEvent runEvent, string callId) => $"{runEvent.Node}\n{callId}";
}

/// <summary>One thing in a trace.</summary>
/// <param name="node">The path of the node, or <see langword="null"/> for the whole run.</param>
internal abstract class TraceEntry(string? node)
{
    public string? Node { get; } = node;

    /// <summary>Gets the number of its last event: a fork from there shares all of it.</summary>
    public abstract long Sequence { get; }
}

/// <summary>An LLM call with its decision, its attempts and its money.</summary>
internal sealed class LlmStep(int number, string? node) : TraceEntry(node)
{
    public int Number { get; } = number;

    public List<RunEvent> Events { get; } = [];

    public override long Sequence => Events[^1].Sequence;
}

/// <summary>A tool call with its result.</summary>
internal sealed class ToolStep(ToolCalled called) : TraceEntry(called.Node)
{
    public ToolCalled Called { get; } = called;

    public ToolReturned? Returned { get; set; }

    public override long Sequence => Returned?.Sequence ?? Called.Sequence;
}

/// <summary>Everything else, one event each.</summary>
internal sealed class Happening(RunEvent runEvent) : TraceEntry(runEvent.Node)
{
    public RunEvent Event { get; } = runEvent;

    public override long Sequence => Event.Sequence;
}
