using System.Text.Json.Nodes;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Hosting.Embeddings;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Memory;
using AgentRouter.Memory.Retrieval.Effort;
using AgentRouter.Pricing;
using AgentRouter.Routing.Policies.Fixed;
using AgentRouter.Routing.Tasks;
using AgentRouter.Steps;
using AgentRouter.Workflows.Engine;
using Microsoft.Extensions.AI;

namespace AgentRouter.Cli.Commands.Memory.Ask;

/// <summary>What a question is worked on with: the models and embeddings of the configuration, under a budget. What may cost money is recorded beside the runs.</summary>
internal sealed class AskMeans : IDisposable
{
    /// <summary>What it is called where runs are listed.</summary>
    public const string Name = "memory ask";

    private const string AgentName = "memory";

    private readonly AskOptions _options;
    private readonly bool _asksModels;
    private readonly RecordedTask _task;

    private AskMeans(AskOptions options, bool asksModels, RecordedTask task, OpenEmbeddings? embeddings) =>
        (_options, _asksModels, _task, Embeddings) = (options, asksModels, task, embeddings);

    /// <summary>Gets what makes vectors, or <see langword="null"/>.</summary>
    public OpenEmbeddings? Embeddings { get; }

    /// <summary>Opens what the effort takes. Sends nothing.</summary>
    /// <param name="context">The world.</param>
    /// <param name="options">What is asked, and with what.</param>
    /// <exception cref="UsageException">Something costs money, and there is no budget; or there is no such account.</exception>
    /// <exception cref="ConfigurationException">A key, a setting or a model is missing.</exception>
    public static AskMeans Open(CliContext context, AskOptions options)
    {
        RouterConfiguration configuration = options.Choice.Configuration;
        bool asksModels = options.Effort is AskEffort.High or AskEffort.Auto && configuration.Models.Count > 0;
        bool isPaid = options.Choice.Named is { IsPaid: true } || (asksModels && configuration.Models.Any(model => model.Prices != ModelPrices.Free));
        if (isPaid && options.Choice.Budget is null)
            throw new UsageException($"--effort {AskCommandLine.Word(options.Effort)} asks models that cost money. Say how much may be spent: --budget 0.01.");
        // reading a question and judging notes is work for the smallest model
        RecordedTask task = RecordedTask.Open(context, asksModels ? configuration : configuration with { Models = [] }, FixedPolicy.AlwaysSmall, options.Account, options.RunsFolder, isPaid);
        try
        {
            return new AskMeans(options, asksModels, task, options.Choice.Named is { } named ? OpenEmbeddings.Open(context, configuration, named) : null);
        }
        catch
        {
            task.Dispose();
            throw;
        }
    }

    /// <summary>Asks.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="reranker">What orders, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the search and the calls.</param>
    /// <returns>What was found, and what it cost.</returns>
    public async Task<(AssistedRecallResult Answer, Money Spent)> AskAsync(GraphMemory memory, IMemoryReranker? reranker, CancellationToken cancellationToken)
    {
        (AssistedRecallResult answer, RunResult result) = await _task.RunAsync(
            Note(),
            _options.Choice.TaskBudget,
            async (client, token) => (await RecallAsync(memory, reranker, client, token), new TaskEnd(RunOutcome.Succeeded)),
            cancellationToken);
        return (answer, result.Budget.Spent.Usd);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Embeddings?.Dispose();
        _task.Dispose();
    }

    private async Task<AssistedRecallResult> RecallAsync(GraphMemory memory, IMemoryReranker? reranker, IChatClient client, CancellationToken cancellationToken)
    {
        var identity = new StepIdentity(_task.RunId, Name, Agent: AgentName);
        var recall = new AssistedRecall(memory, new AssistedRecallOptions
        {
            Client = _asksModels ? client : null,
            Reranker = reranker,
            Ledger = TaskScope.Current?.Ledger,
            Configure = call => call.WithStep(identity),
        });
        RecallEffort? effort = _options.Effort switch { AskEffort.Medium => RecallEffort.Medium, AskEffort.High => RecallEffort.High, _ => null };
        try
        {
            return await recall.RecallAsync(_options.Scopes, _options.Question, effort, cancellationToken);
        }
        finally
        {
            // a question does not wait long for its vector; its cost belongs to it all the same
            if (Embeddings is { } embeddings)
                await embeddings.BookedAsync();
        }
    }

    // what a question says is recorded only where prompts are
    private TaskNote Note()
    {
        bool isTold = _options.Choice.Configuration.RecordContent;
        var inputs = new Dictionary<string, JsonNode?> { ["scope"] = string.Join(", ", _options.Scopes), ["effort"] = AskCommandLine.Word(_options.Effort) };
        if (isTold)
            inputs["question"] = _options.Question.Text;
        return new TaskNote(Name, inputs, AskCommandLine.Of(_options, isTold));
    }
}
