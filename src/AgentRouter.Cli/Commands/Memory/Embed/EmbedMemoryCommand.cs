using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Cli.Hosting.Embeddings;
using AgentRouter.Memory;

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
        Option<string?> account = SharedOptions.DrawnAccount();
        Option<string?> runs = SharedOptions.SpendingRecords();
        var command = new CliCommand("embed", "Makes the vectors that a memory has not yet, so that it also finds what says a question in other words.")
        {
            Examples =
            [
                new Example("memory embed --scope user:anna --embeddings local", "What has no vector of that model yet; again after an import."),
                new Example("memory embed --scope user:anna --embeddings hosted --budget 0.05", "For at most five cents; what is left is done the next time."),
            ],
            Notes =
            [
                "Vectors that cost money are recorded as a run: 'agentrouter spend' and 'accounts' count them. Nothing is recorded of those that are free.",
                "Exit code: 0 embedded, 2 failed, 3 budget exceeded, 4 cancelled, 64 wrong usage or invalid file.",
            ],
        };
        command.Add(scope);
        command.Add(store);
        command.Add(json);
        var embeddings = new EmbeddingChoice.Options(command);
        command.Add(account);
        command.Add(runs);
        command.SetAction((result, cancellationToken) => new EmbedMemoryHandler(context).EmbedAsync(
            new EmbedMemoryOptions
            {
                Scope = result.GetRequiredValue(scope),
                Choice = embeddings.Read(context, result).ForMemory(),
                Account = result.GetValue(account),
                Store = result.GetValue(store),
                RunsFolder = result.GetValue(runs),
                IsJson = result.GetValue(json),
            },
            cancellationToken));
        return command;
    }
}
