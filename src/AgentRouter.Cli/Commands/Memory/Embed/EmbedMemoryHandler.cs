using System.Text.Json.Nodes;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Hosting.Embeddings;
using AgentRouter.Cli.Terminals;
using AgentRouter.Events;
using AgentRouter.Memory.Embeddings;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Policies.Fixed;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Cli.Commands.Memory.Embed;

/// <summary>Makes the vectors of a memory, under a budget. What may cost money is recorded beside the runs.</summary>
internal sealed class EmbedMemoryHandler(CliContext context)
{
    /// <summary>What it is called where runs are listed.</summary>
    public const string Name = "memory embed";

    /// <summary>Embeds.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EmbedAsync(EmbedMemoryOptions options, CancellationToken cancellationToken)
    {
        EmbeddingChoice choice = options.Choice;
        EmbeddingProfile profile = choice.Named ?? throw new UsageException($"Say what makes the vectors: --embeddings NAME, or memory: {{ embeddings: NAME }} in {ConfigurationLoader.FileName}. 'agentrouter models pull sentence-transformers/all-MiniLM-L6-v2' fetches one that runs on this machine.");
        if (profile.IsPaid && choice.Budget is null)
            throw new UsageException($"Vectors of '{profile.Name}' cost money. Say how much may be spent: --budget 0.05. What does not fit is left for the next time.");
        using OpenEmbeddings open = OpenEmbeddings.Open(context, choice.Configuration, profile);
        await using OpenMemory memory = OpenMemory.Open(context, options.Store, open.OfMemory);
        await memory.RequireAsync([options.Scope], cancellationToken);
        using RecordedTask task = RecordedTask.Open(context, choice.Configuration with { Models = [] }, FixedPolicy.AlwaysSmall, options.Account, options.RunsFolder, profile.IsPaid);
        (EmbeddingOutcome outcome, Money spent) = await EmbedAsync(options, memory, task, cancellationToken);
        if (options.IsJson)
            await FiguresJson.WriteAsync(context.Terminal.Lines, new { outcome.Embedded, outcome.Known, outcome.Left, SpentUsd = spent.ToUsd() }, cancellationToken);
        else
            new EmbedMemoryScreen(context.Terminal.Output).Show(outcome, open.Profile, spent);
        return outcome.Left is null ? ExitCodes.Succeeded : ExitCodes.BudgetExceeded;
    }

    private async Task<(EmbeddingOutcome Outcome, Money Spent)> EmbedAsync(EmbedMemoryOptions options, OpenMemory memory, RecordedTask task, CancellationToken cancellationToken)
    {
        using var progress = new EmbedProgress(context.Terminal.Error);
        (EmbeddingOutcome outcome, RunResult result) = await task.RunAsync(
            Note(options),
            options.Choice.TaskBudget,
            async (_, token) =>
            {
                EmbeddingOutcome came = await memory.Graph.EmbedAsync(options.Scope, progress, token);
                return (came, came.Left is { } left ? new TaskEnd(RunOutcome.BudgetExceeded, left) : new TaskEnd(RunOutcome.Succeeded));
            },
            cancellationToken);
        return (outcome, result.Budget.Spent.Usd);
    }

    private static TaskNote Note(EmbedMemoryOptions options)
    {
        List<string> words = [AgentRouterCommand.Name, "memory", "embed", "--scope", ShellText.Quote(options.Scope.ToString()), .. options.Choice.Words()];
        if (options.Store is { } store)
            words.AddRange(["--store", ShellText.Quote(store)]);
        var inputs = new Dictionary<string, JsonNode?> { ["scope"] = options.Scope.ToString(), ["embeddings"] = options.Choice.Named!.Name };
        return new TaskNote(Name, inputs, string.Join(' ', words));
    }
}
