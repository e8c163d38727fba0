using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Memory.Context;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Use;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Tasks;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine.Memories;
using AgentRouter.Workflows.Nodes.Agent;
using AgentRouter.Workflows.Runs;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Engine.Contexts;

/// <summary>Keeps the conversation of the agent of one node below its limit. What was decided and recalled is recorded, so that a run that goes on sends the same; a summary is a step like any other.</summary>
internal sealed class AgentContext : IContextHost
{
    private readonly NodeContext _context;
    private readonly AgentDefinition _agent;
    private readonly IReadOnlyList<ModelEntry> _models;
    private readonly ContextLimitOptions _options;
    private readonly AsideCalls _aside;

    private AgentContext(NodeContext context, AgentDefinition agent, ContextDefinition limit, int visit)
    {
        (_context, _agent, _aside) = (context, agent, new AsideCalls(context));
        ModelEntry[] allowed = [.. context.Run.Models.Entries.Where(model => agent.Tiers?.Contains(model.Profile.Tier) != false)];
        _models = allowed.Length > 0 ? allowed : context.Run.Models.Entries;
        ModelEntry smallest = _models.MinBy(model => model.Profile.ContextWindow)!;
        _options = new ContextLimitOptions
        {
            Tokens = limit.Tokens ?? Math.Max(ContextLimitOptions.LeastTokens, (long)(limit.Share!.Value * smallest.Profile.ContextWindow)),
            Strategy = limit.Strategy ?? ContextStrategy.Auto,
            KeepLast = limit.KeepLast ?? ContextLimitOptions.DefaultKeepLast,
            LookAhead = limit.LookAhead ?? 0,
            Memory = context.Run.Memory,
            Scope = RunScopes.Of(context.Run.RunId, context.Path, visit),
            TokenCounter = smallest.TokenCounter,
        };
    }

    /// <summary>Makes the client that an agent works with in a visit of its node, or from this visit on where its conversation is kept.</summary>
    /// <param name="node">The node.</param>
    /// <param name="context">Its place.</param>
    /// <param name="visit">The visit.</param>
    /// <returns>The client of the run, with the limit before it where the agent has one.</returns>
    /// <exception cref="NodeFailedException">It is to recall, and there is no memory.</exception>
    public static IChatClient ChatOf(AgentNode node, NodeContext context, int visit)
    {
        if (ContextDefinition.Of(node.Agent.Context, context.Workflow.Definition.Context) is not { } limit)
            return context.Run.Chat;
        if (limit.Strategy == ContextStrategy.Recall && context.Run is { Memory: null, IsReplay: false })
            throw new NodeFailedException($"Agent '{node.Agent.Name}' at node '{context.Path}' is to recall what its context has no room for, but there is no memory here. Set WorkflowEngineOptions.Memory, or write strategy: auto.");
        var host = new AgentContext(context, node.Agent, limit, visit);
        return new ContextLimitChatClient(context.Run.Chat, host._options, host, host._aside);
    }

    /// <inheritdoc/>
    public ContextStrategy? Decided => Recorded switch
    {
        ContextCompacted compacted => Parse(compacted.InPlaceOf ?? compacted.Strategy),
        // the process ended after the summary and before it was recorded what it was for
        null when IsSummaryNext == true => ContextStrategy.Summarize,
        _ => null,
    };

    /// <inheritdoc/>
    public bool CanRecall => _options.HasMemory
        || (_context.Run.IsReplay && (Recorded is MemoryRecalled || (Recorded is ContextCompacted compacted && compacted.Tried.Append(compacted.Strategy).Contains(Word(ContextStrategy.Recall)))));

    /// <inheritdoc/>
    public bool? IsSummaryNext => _agent.Role != RoundSummary.Role && _context.Run.Log?.Replay?.NextCall(_context.Path) is { } next
        // whoever finds facts has the role too, but not the agent's name
        ? next.Role == RoundSummary.Role && next.Agent == _agent.Name
        : null;

    private RunEvent? Recorded => _context.Run.Log?.Replay?.Peek(_context.Path, null);

    /// <inheritdoc/>
    public double? SummaryShare(long promptTokens, int outputTokens)
    {
        if (TaskScope.Current?.Ledger is not { IsEnforced: true } ledger)
            return null;
        (Money usd, long tokens, _, _) = ledger.Available();
        Money cost = _models.Max(model => model.Profile.Prices.WorstCost(promptTokens, outputTokens));
        return Math.Max(ShareOf(cost.Picodollars, usd.Picodollars), ShareOf(promptTokens + outputTokens, tokens));
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<MemoryNote>> RecallAsync(string question, Func<CancellationToken, Task<IReadOnlyList<MemoryNote>>> search, CancellationToken cancellationToken)
    {
        _context.Run.Borrowed.Add(_options.Scope!);
        switch (Recorded)
        {
            case MemoryRecalled before:
                IReadOnlyList<MemoryNote> notes = await MemoryRecord.NotesAsync(_context, before, cancellationToken);
                _context.Run.Log!.Emit(before);
                return notes;
            case null when !_context.Run.IsReplay:
                IReadOnlyList<MemoryNote> found = await SearchAsync(search, cancellationToken);
                MemoryRecord.Write(_context, question, found, MemoryPrompt.Block(found), 0, null);
                return found;
            default:
                return [];
        }
    }

    /// <inheritdoc/>
    public bool MayTry(AIFunction function) => function is AgentTool { MayTry: true };

    /// <inheritdoc/>
    public ValueTask<object?> CallAsync(AIFunction function, AIFunctionArguments arguments, CancellationToken cancellationToken) => ((AgentTool)function).TryAsync(arguments, cancellationToken);

    /// <inheritdoc/>
    public void Compacted(ContextCompaction compaction)
    {
        IReadOnlyList<int> steps = _aside.TakeSteps();
        if (_context.Run.Log is not { } log)
            return;
        // what was tried is tried again, and comes to the same
        if (compaction.Tried.Count == 0 && Recorded is ContextCompacted before)
        {
            log.Emit(before);
            return;
        }

        log.Emit(new ContextCompacted(Word(compaction.Strategy), compaction.Reason, compaction.Rounds, compaction.TokensBefore, compaction.TokensAfter)
        {
            Node = _context.Path,
            InPlaceOf = compaction.InPlaceOf is { } other ? Word(other) : null,
            ResultsCut = compaction.ResultsCut,
            Steps = steps,
            Tried = [.. compaction.Tried.Select(Word)],
        });
    }

    private async ValueTask<IReadOnlyList<MemoryNote>> SearchAsync(Func<CancellationToken, Task<IReadOnlyList<MemoryNote>>> search, CancellationToken cancellationToken)
    {
        try
        {
            return await search(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or InvalidOperationException or ConfigurationException or MemoryConflictException)
        {
            throw new NodeFailedException($"The earlier steps of node '{_context.Path}' cannot be recalled: {exception.Message}", exception);
        }
    }

    private static double ShareOf(long part, long whole) => part == 0 ? 0 : whole <= 0 ? double.MaxValue : (double)part / whole;

    private static string Word(ContextStrategy strategy) => char.ToLowerInvariant(strategy.ToString()[0]) + strategy.ToString()[1..];

    private static ContextStrategy? Parse(string word) => Enum.TryParse(word, ignoreCase: true, out ContextStrategy strategy) ? strategy : null;
}
