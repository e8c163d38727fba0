using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Hosting;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Memory.Ingestion.Extraction;
using AgentRouter.Pricing;
using AgentRouter.Routing.Policies;
using AgentRouter.Routing.Policies.Fixed;
using AgentRouter.Steps;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Cli.Commands.Memory.Learn;

/// <summary>Learns from a memory as a task of its own: routed, under a budget, and recorded beside the runs.</summary>
internal sealed class LearnHandler(CliContext context)
{
    /// <summary>The most that it may cost where nobody says so, in USD: some hundred batches with a small model.</summary>
    public const decimal DefaultUsd = 0.05m;

    /// <summary>What it is called where runs are listed.</summary>
    public const string Name = "memory learn";

    /// <summary>Learns, or says what would be asked.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> LearnAsync(LearnOptions options, CancellationToken cancellationToken)
    {
        await using OpenMemory memory = OpenMemory.Open(context, options.Store);
        await memory.RequireAsync([options.Scope], cancellationToken);
        RouterConfiguration? configuration = ConfigurationFile.Read(context, options.Configuration, context.CurrentFolder)?.Definition;
        var request = new ExtractionRequest { Sources = options.Sources };
        ExtractionPlan plan = await memory.Graph.PlanLearningAsync(options.Scope, request, null, cancellationToken);
        if (options.IsDry || plan is { Batches: 0, NewFacts: 0 })
        {
            await ShowAsync(options, new LearnPlan(plan, MostOf(plan, configuration)), (screen, found) => screen.Plan(options, found), cancellationToken);
            return ExitCodes.Succeeded;
        }

        if (configuration is not { Models.Count: > 0 })
            throw new UsageException($"Learning asks a model, and no provider is configured. Configure one in {ConfigurationLoader.FileName} (see docs/providers.md).");
        LearnReport report = await LearnAsync(options, memory, configuration, request, cancellationToken);
        await ShowAsync(options, report, (screen, found) => screen.End(options, found), cancellationToken);
        return ExitCodes.Of(report.Outcome);
    }

    private async Task<LearnReport> LearnAsync(LearnOptions options, OpenMemory memory, RouterConfiguration configuration, ExtractionRequest request, CancellationToken cancellationToken)
    {
        IRoutingPolicy policy = RoutingPolicies.Create(options.Policy ?? configuration.DefaultPolicy ?? FixedPolicy.AlwaysSmall.Name);
        using RecordedTask task = RecordedTask.Open(context, configuration, policy, options.Account, options.RunsFolder);
        var note = new TaskNote(Name, new Dictionary<string, JsonNode?> { ["scope"] = options.Scope.ToString() }, LearnCommandLine.Of(options));
        ExtractionResult? learned = null;
        var asked = new ExtractionOptions { Configure = chat => chat.WithStep(new StepIdentity(task.RunId, Name, null, Learner.Agent, Learner.Role)) };
        using var progress = new LearnProgress(context.Terminal.Error);
        RunResult result = await task.RunAsync(
            note,
            BudgetOf(configuration, options.BudgetUsd),
            async (client, token) =>
            {
                learned = await memory.Graph.LearnAsync(options.Scope, client, request, asked, progress, token);
                return learned.Status == ExtractionStatus.BudgetExceeded ? new TaskEnd(RunOutcome.BudgetExceeded, "The budget is used up.") : new TaskEnd(RunOutcome.Succeeded);
            },
            cancellationToken);
        // what is learned is found at once, whichever way the work ended
        await memory.Graph.FlushAsync(options.Scope, CancellationToken.None);
        return LearnReport.Of(result, learned, await ModelsAsync(task));
    }

    private static Budget BudgetOf(RouterConfiguration configuration, decimal? named)
    {
        Budget own = configuration.DefaultBudget ?? new Budget();
        return own with { Usd = named ?? own.Usd ?? DefaultUsd, Mode = BudgetMode.Enforce, OnExceeded = OnExceeded.Stop };
    }

    // the dearest model that may be asked; each batch once
    private static Money? MostOf(ExtractionPlan plan, RouterConfiguration? configuration) =>
        configuration is { Models: { Count: > 0 } models } ? models.Select(model => model.Prices.WorstCost(plan.InputTokens, plan.OutputTokens)).Max() : null;

    private static async Task<IReadOnlyList<LearnedWith>> ModelsAsync(RecordedTask task)
    {
        var settled = new List<BudgetSettled>();
        await foreach (RunEvent runEvent in task.ReadAsync())
        {
            if (runEvent is BudgetSettled each)
                settled.Add(each);
        }

        return [.. settled.GroupBy(each => each.Model).Select(model => new LearnedWith(model.Key, model.Sum(each => each.Booked.Calls), model.Aggregate(Money.Zero, (sum, each) => sum + each.Booked.Usd)))];
    }

    private async Task ShowAsync<T>(LearnOptions options, T report, Action<LearnScreen, T> show, CancellationToken cancellationToken)
    {
        if (options.IsJson)
            await FiguresJson.WriteAsync(context.Terminal.Lines, report, cancellationToken);
        else
            show(new LearnScreen(context.Terminal.Output), report);
    }
}
