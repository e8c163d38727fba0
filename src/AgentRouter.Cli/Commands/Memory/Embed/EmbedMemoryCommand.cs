using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Hosting.Embeddings;
using AgentRouter.Memory;
using AgentRouter.Memory.Embeddings;

namespace AgentRouter.Cli.Commands.Memory.Embed;

/// <summary><c>agentrouter memory embed</c>.</summary>
internal static class EmbedMemoryCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        Option<MemoryScope> scope = MemoryOptions.Scope();
        Option<string?> store = MemoryOptions.Store();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("embed", "Makes the vectors that a memory has not yet, so that it also finds what says a question in other words.")
        {
            Examples =
            [
                new Example("memory embed --scope user:anna --embeddings local", "What has no vector of that model yet; again after an import."),
                new Example("memory embed --scope user:anna --embeddings hosted --budget 0.05", "For at most five cents; what is left is done the next time."),
            ],
        };
        command.Add(scope);
        command.Add(store);
        command.Add(json);
        var embeddings = new EmbeddingChoice.Options(command, isRequired: true);
        command.SetAction(async (result, cancellationToken) =>
        {
            EmbeddingChoice choice = embeddings.Read(context, result);
            if (choice is { Named.IsPaid: true, Budget: null })
                throw new UsageException($"Vectors of '{choice.Named.Name}' cost money. Say how much may be spent: --budget 0.05. What does not fit is left for the next time.");
            using OpenEmbeddings open = choice.Open(choice.Named!);
            await using OpenMemory memory = OpenMemory.Open(context, result.GetValue(store), open.OfMemory);
            MemoryScope asked = result.GetRequiredValue(scope);
            await memory.RequireAsync([asked], cancellationToken);
            using var progress = new EmbedProgress(context.Terminal.Error);
            EmbeddingOutcome outcome = await memory.Graph.EmbedAsync(asked, progress, cancellationToken);
            progress.Dispose();
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, new { outcome.Embedded, outcome.Known, outcome.Left, SpentUsd = open.Spent.ToUsd() }, cancellationToken);
            else
                new EmbedMemoryScreen(context.Terminal.Output).Show(outcome, open.Profile, open.Spent);
            return outcome.Left is null ? ExitCodes.Succeeded : ExitCodes.BudgetExceeded;
        });
        return command;
    }
}
