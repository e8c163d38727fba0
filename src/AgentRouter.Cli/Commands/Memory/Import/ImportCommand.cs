using System.CommandLine;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Commands.Route;
using AgentRouter.Memory;

namespace AgentRouter.Cli.Commands.Memory.Import;

/// <summary><c>agentrouter memory import PATH…</c>.</summary>
internal static class ImportCommand
{
    /// <summary>Makes the command.</summary>
    public static CliCommand Create(CliContext context)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Documents (.md, .txt), conversations (.jsonl, .json), exports of another memory, or folders of them.", Arity = ArgumentArity.OneOrMore };
        Option<MemoryScope> scope = MemoryOptions.Scope();
        Option<string?> store = MemoryOptions.Store();
        Option<bool> json = OutcomeOptions.Json();
        var command = new CliCommand("import", "Remembers documents and conversations word for word, and links them by names, times and topics. No model is asked.")
        {
            Examples =
            [
                new Example("memory import docs/ chat/2026-05-08.jsonl --scope project:shop", "A folder of documents, and a conversation."),
                new Example("memory import anna.jsonl.gz --scope user:anna", "What 'memory export' wrote elsewhere."),
            ],
            Notes =
            [
                "A source is known again by its path: the second time only what is new or changed is written, and what changed stays with the time until which it held.",
                "A turn of a conversation is a line {\"speaker\":…,\"text\":…,\"time\":…} or {\"role\":…,\"content\":…}. Of folders, what is neither a document nor a conversation is named and left out.",
                "A damaged file is named with its error and nothing of it is imported; the others are, and the exit code is 64.",
            ],
        };
        command.Add(paths);
        command.Add(scope);
        command.Add(store);
        command.Add(json);
        command.SetAction(async (result, cancellationToken) =>
        {
            MemoryScope of = result.GetRequiredValue(scope);
            var files = ImportFiles.Find(context, result.GetRequiredValue(paths));
            await using OpenMemory memory = OpenMemory.Open(context, result.GetValue(store));
            ImportReport report;
            using (var progress = new ImportProgress(context.Terminal.Error, files.Found.Count))
                report = await new FileImport(memory, of, progress).RunAsync(files, cancellationToken);
            if (result.GetValue(json))
                await FiguresJson.WriteAsync(context.Terminal.Lines, report, cancellationToken);
            else
                new ImportScreen(context).Show(of, report);
            return report.Damaged.Count == 0 ? ExitCodes.Succeeded : ExitCodes.Usage;
        });
        return command;
    }
}
