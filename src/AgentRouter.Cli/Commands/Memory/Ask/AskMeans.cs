using AgentRouter.Budgets;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting.Embeddings;
using AgentRouter.Memory;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Retrieval.Effort;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Providers;
using AgentRouter.Routing;
using AgentRouter.Routing.Policies.Fixed;
using AgentRouter.Routing.Tasks;
using AgentRouter.Steps;

namespace AgentRouter.Cli.Commands.Memory.Ask;

/// <summary>What a question is worked on with: the models and embeddings of the configuration, under a budget.</summary>
internal sealed class AskMeans : IDisposable
{
    private const string AgentName = "memory";

    private readonly CliContext _context;
    private readonly AskEffort _effort;
    private readonly ModelSet? _models;
    private readonly BudgetLedger _ledger;

    private AskMeans(CliContext context, AskEffort effort, ModelSet? models, OpenEmbeddings? embeddings, BudgetLedger ledger) =>
        (_context, _effort, _models, Embeddings, _ledger) = (context, effort, models, embeddings, ledger);

    /// <summary>Gets what makes vectors, or <see langword="null"/>.</summary>
    public OpenEmbeddings? Embeddings { get; }

    /// <summary>Gets what was spent.</summary>
    public Money Spent => _ledger.Snapshot().Spent.Usd;

    /// <summary>Opens what the effort takes. Sends nothing.</summary>
    /// <param name="context">The world.</param>
    /// <param name="choice">The configuration, the embeddings that were named, and the budget.</param>
    /// <param name="effort">The effort.</param>
    /// <exception cref="UsageException">Something costs money, and there is no budget.</exception>
    /// <exception cref="Configuration.ConfigurationException">A key, a setting or a model is missing.</exception>
    public static AskMeans Open(CliContext context, EmbeddingChoice choice, AskEffort effort)
    {
        bool asksModels = effort is AskEffort.High or AskEffort.Auto && choice.Configuration.Models.Count > 0;
        bool isPaid = choice.Named is { IsPaid: true } || (asksModels && choice.Configuration.Models.Any(model => model.Prices != ModelPrices.Free));
        if (isPaid && choice.Budget is null)
            throw new UsageException($"--effort {effort.ToString().ToLowerInvariant()} asks models that cost money. Say how much may be spent: --budget 0.01.");
        BudgetLedger ledger = new(choice.Budget is { } budget ? new Budget { Usd = budget.ToUsd(), OnExceeded = OnExceeded.Stop } : Budget.Unlimited, context.TimeProvider);
        ModelSet? models = asksModels ? ModelSetFactory.Create(choice.Configuration, context.Secrets, context.TimeProvider) : null;
        try
        {
            return new AskMeans(context, effort, models, choice.Named is { } named ? OpenEmbeddings.Open(context, choice.Configuration, named) : null, ledger);
        }
        catch
        {
            models?.Dispose();
            throw;
        }
    }

    /// <summary>Asks.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="reranker">What orders, or <see langword="null"/>.</param>
    /// <param name="scopes">The scopes.</param>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Cancels the search and the calls.</param>
    public async Task<AssistedRecallResult> AskAsync(GraphMemory memory, IMemoryReranker? reranker, IReadOnlyCollection<MemoryScope> scopes, MemoryQuestion question, CancellationToken cancellationToken)
    {
        var identity = new StepIdentity(_context.Ids.NewId(), Agent: AgentName);
        using var task = TaskScope.Begin(identity.RunId, _ledger, timeProvider: _context.TimeProvider);
        // reading a question and judging notes is work for the smallest model
        using StepRoutingChatClient? router = _models is null ? null : new StepRoutingChatClient(
            _models, new StepRoutingOptions { Policy = FixedPolicy.AlwaysSmall, TimeProvider = _context.TimeProvider, Ids = _context.Ids }, ownsModels: false);
        var recall = new AssistedRecall(memory, new AssistedRecallOptions
        {
            Client = router,
            Reranker = reranker,
            Ledger = _ledger,
            Configure = options => options.WithStep(identity),
        });
        return await recall.RecallAsync(scopes, question, _effort switch { AskEffort.Medium => RecallEffort.Medium, AskEffort.High => RecallEffort.High, _ => null }, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Embeddings?.Dispose();
        _models?.Dispose();
    }
}
