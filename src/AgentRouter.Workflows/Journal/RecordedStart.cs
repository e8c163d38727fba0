using System.Text.Json.Nodes;
using AgentRouter.Events;
using AgentRouter.Tools;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Workflows.Journal;

/// <summary>The journal of a run, read in full, and what the run was started with.</summary>
internal sealed class RecordedStart
{
    private RecordedStart(IReadOnlyList<RunEvent> events, RunStart start) => (Events, Start) = (events, start);

    public IReadOnlyList<RunEvent> Events { get; }

    public RunStart Start { get; }

    public IReadOnlyDictionary<string, JsonNode?> Inputs => Start.Inputs.ToDictionary(input => input.Key, input => input.Value?.DeepClone());

    /// <summary>Gets how the run ended; <see langword="null"/> for one that goes on: it waits, was cancelled, or its process ended.</summary>
    public RunEnded? End => Events[^1] is RunEnded { Outcome: not (RunOutcome.Waiting or RunOutcome.Cancelled) } end ? end : null;

    /// <exception cref="FileNotFoundException">There is no such run.</exception>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public static async Task<RecordedStart> ReadAsync(IRunStore store, string runId, CancellationToken cancellationToken)
    {
        var events = new List<RunEvent>();
        await foreach (RunEvent next in store.ReadAsync(runId, cancellationToken))
            events.Add(next);
        if (events.Count == 0 || events[0] is not RunStarted { Value: { } hash })
            throw new InvalidDataException($"The record of run '{runId}' does not begin with what the run was started with: it is damaged, or the run ended before it began.");
        RunStart start = RunStart.Read((await store.ReadValueAsync(hash, cancellationToken)).Span);
        RunForked[] forks = [.. events.OfType<RunForked>()];
        RunFork.Apply(forks, start.Inputs);
        if (forks.LastOrDefault(fork => fork.WorkspaceRoot is not null) is { } moved)
            start = start with { WorkspaceRoot = moved.WorkspaceRoot };
        return new RecordedStart(events, start);
    }

    public RunRequest Request(bool streamEvents) => new()
    {
        Account = Start.Account,
        WorkspaceRoot = Start.WorkspaceRoot,
        Source = Start.Source,
        StreamEvents = streamEvents,
    };

    public RecordedRequest Describe() => new()
    {
        Workflow = ((RunStarted)Events[0]).Workflow,
        Inputs = Inputs,
        Budget = Start.Budget,
        Account = Start.Account,
        WorkspaceRoot = Start.WorkspaceRoot,
        Source = Start.Source,
        Outcome = Events[^1] is RunEnded end ? end.Outcome : null,
    };

    /// <summary>Makes the tools that the run had open, to be shown and not to be called.</summary>
    public async Task<IReadOnlyList<IToolSource>> ToolsAsync(IRunStore store, CancellationToken cancellationToken) =>
        Events.OfType<ToolsOpened>().FirstOrDefault() is { Value: { } hash } ? RecordedTools.Read((await store.ReadValueAsync(hash, cancellationToken)).Span) : [];
}
