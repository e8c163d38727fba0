using System.Text;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.Memory;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Retrieval.Effort;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Use;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Workflows.Engine.Memories;

/// <summary>The memory of the agent of one node: recalls for each visit, lets the agent use it, and remembers the visit where it is told to. What was recalled is recorded, so that a run that goes
/// on sees the same; what was written is not written again.</summary>
internal sealed class AgentMemory
{
    private const int HashLength = 16;

    private readonly NodeContext _context;
    private readonly MemoryDefinition _memory;
    private readonly AgentDefinition _agent;
    private MemorySession? _session;

    private AgentMemory(NodeContext context, MemoryDefinition memory, AgentDefinition agent) => (_context, _memory, _agent) = (context, memory, agent);

    /// <summary>Makes it for a node; <see langword="null"/> for an agent without memory.</summary>
    public static AgentMemory? For(AgentNode node, NodeContext context) =>
        MemoryDefinition.Of(node.Memory, node.Agent.Memory, context.Workflow.Definition.Memory) is { } memory ? new AgentMemory(context, memory, node.Agent) : null;

    /// <summary>Gets a value indicating whether the agent finds more by itself.</summary>
    public bool Recalls => HasTools && _memory.Read is { Count: > 0 };

    /// <summary>Gets a value indicating whether the agent remembers and forgets by itself.</summary>
    public bool Writes => HasTools && _memory.Write is not null;

    /// <summary>Gets the session of the visit.</summary>
    /// <exception cref="MemoryException">It has not begun.</exception>
    public MemorySession Session => _session ?? throw new MemoryException("There is no memory here.");

    private bool HasTools => _memory.Tools != false && _agent.MaxCalls > 1;

    private GraphMemory Memory => _context.Run.Memory
        ?? throw new NodeFailedException($"Agent '{_agent.Name}' at node '{_context.Path}' has a memory, but there is none here. Set WorkflowEngineOptions.Memory, or write memory: false.");

    private RunEvent? Recorded => _context.Run.Log?.Replay?.Peek(_context.Path, null);

    private bool IsReplay => _context.Run.Log?.Replay is { IsStrict: true };

    /// <summary>Begins a visit: recalls what helps with its task, what was recalled before where it is done again.</summary>
    /// <param name="task">What the agent is asked.</param>
    /// <param name="visit">The visit of the node.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The block to put beside the task; empty where nothing was found.</returns>
    /// <exception cref="NodeFailedException">There is no memory, a scope is none, or the memory cannot be read.</exception>
    public async ValueTask<string> RecallAsync(string task, int visit, CancellationToken cancellationToken)
    {
        _session = null;
        MemoryUseOptions options = Options();
        if (options.Read.Count == 0 || options.TopK == 0)
        {
            _session = MemorySession.Again(IsReplay ? null : Memory, task, options, []);
            return "";
        }

        // what was found and asked before comes again from its record
        MemorySession? found = Recorded is MemorySearched || (Recorded is null && !IsReplay) ? await BeginAsync(task, options, visit, cancellationToken) : null;
        switch (Recorded)
        {
            case MemoryRecalled before:
                (IReadOnlyList<MemoryNote> notes, RecallSummary? summary) = await MemoryRecord.ReadAsync(_context, before, cancellationToken);
                _session = MemorySession.Again(_context.Run.Memory, task, options, notes, summary);
                _context.Run.Log!.Emit(before);
                break;
            case null when found is not null:
                // what the agent itself looks for, as often as it likes, is not paid for
                _session = MemorySession.Again(_context.Run.Memory, task, options, found.Shown, found.Summary);
                MemoryRecord.Write(_context, found);
                break;
            default:
                // a run of an earlier version had none
                _session = MemorySession.Again(_context.Run.Memory, task, options, []);
                break;
        }

        return _session.Prompt;
    }

    /// <summary>Notes what the agent has found by itself.</summary>
    /// <param name="question">What it asked, or <see langword="null"/> where it is not known any more.</param>
    /// <param name="notes">The notes.</param>
    /// <param name="prompt">What it is shown of them.</param>
    /// <param name="step">The step of the call.</param>
    public void Found(string question, IReadOnlyList<MemoryNote> notes, string prompt, int step)
    {
        Session.Note(notes);
        MemoryRecord.Write(_context, question, notes, prompt, 0, step);
    }

    /// <summary>Ends a visit whose answer is as it was asked for: remembers it, once, where that is wanted.</summary>
    /// <param name="task">What the agent was asked.</param>
    /// <param name="answer">What it answered.</param>
    /// <param name="visit">The visit of the node.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public async ValueTask EndAsync(string task, string answer, int visit, CancellationToken cancellationToken)
    {
        if (_memory.Remembers is null or MemoryRemembers.None || string.IsNullOrWhiteSpace(answer))
            return;
        // a run of an earlier version remembered nothing
        if (Recorded is not (null or FactsAsked or MemoryRemembered) || (Recorded is null && IsReplay))
            return;
        MemorySource source = Source(task, answer);
        MemoryScope scope = Session.Options.Write!;
        try
        {
            if (Recorded is null)
                await WriteAsync(scope, source, cancellationToken);
            int? facts = _memory.Remembers == MemoryRemembers.Facts && Recorded is not MemoryRemembered
                ? await new FactLearning(_context, _agent).LearnAsync(_context.Run.Memory, scope, source.Key, visit, cancellationToken)
                : null;
            _context.Run.Log?.Emit(Recorded as MemoryRemembered ?? new MemoryRemembered(scope.ToString(), source.Key, source.Items.Count) { Node = _context.Path, Facts = facts });
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or ConfigurationException or MemoryConflictException)
        {
            // the answer is paid for, and good
            _context.Run.Warn($"What node '{_context.Path}' did is not remembered: {exception.Message}");
        }
    }

    // the process may have ended between the writing and its record
    private async ValueTask WriteAsync(MemoryScope scope, MemorySource source, CancellationToken cancellationToken)
    {
        if (await Memory.RecordsAsync(scope, create: false, cancellationToken) is not { } records || await records.ReadSourceAsync(source.Key, cancellationToken) is null)
            await Memory.ImportAsync(scope, source, cancellationToken);
    }

    // its name says what it holds, so that the same visit of the same run is never written twice
    private MemorySource Source(string task, string answer)
    {
        string run = $"run/{_context.Run.RunId}/";
        string hash = ValueHash.Of(Encoding.UTF8.GetBytes($"{_context.Path}\n{task}\n{answer}"))[..HashLength];
        DateTimeOffset now = _context.Run.TimeProvider.GetUtcNow();
        var items = new List<MemoryItem>(2);
        if (_memory.Remembers != MemoryRemembers.Answers)
            items.Add(new MemoryItem { Text = Bounded(task), Speaker = "user" });
        items.Add(new MemoryItem { Text = Bounded(answer), Speaker = _agent.Name });
        return new MemorySource { Key = run + hash, Title = TextLimit.Shorten($"{_context.Run.WorkflowName}, {_context.Path}", TextLimit.Event), Time = now, Items = items };
    }

    private static string Bounded(string text) => TextLimit.Shorten(text, ImportLimits.TextLength / 2);

    private async ValueTask<MemorySession> BeginAsync(string task, MemoryUseOptions options, int visit, CancellationToken cancellationToken)
    {
        MemoryEffort effort = _memory.Effort ?? MemoryEffort.Low;
        try
        {
            return effort == MemoryEffort.Low && !IsReplay
                ? await MemorySession.BeginAsync(Memory, task, options, cancellationToken)
                : await new EffortRecall(_context, _agent).BeginAsync(IsReplay ? null : Memory, task, options, effort, visit, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or ConfigurationException)
        {
            throw new NodeFailedException($"The memory of node '{_context.Path}' cannot be read: {exception.Message}", exception);
        }
    }

    private MemoryUseOptions Options()
    {
        try
        {
            // the visit is remembered here: its session sees no answer
            return new MemoryUseOptions
            {
                Read = [.. (_memory.Read ?? []).Select(Scope).Distinct()],
                Write = _memory.Write is { } write ? Scope(write) : null,
                Tokens = _memory.Tokens ?? MemoryUseOptions.DefaultTokens,
                TopK = _memory.TopK ?? MemoryUseOptions.DefaultTopK,
                Tools = HasTools,
                Remembers = _memory.Remembers ?? MemoryRemembers.None,
            }.Validated() with
            { Remembers = MemoryRemembers.None };
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new NodeFailedException($"The memory of node '{_context.Path}' cannot be used: {exception.Message}", exception);
        }
    }

    private MemoryScope Scope(Template scope) => MemoryScope.Parse(scope.Render(new InputScope(_context.Scope)));
}
