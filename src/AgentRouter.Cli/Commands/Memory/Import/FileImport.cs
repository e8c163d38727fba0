using System.Buffers;
using AgentRouter.Configuration;
using AgentRouter.Memory;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Ingestion.Readers;
using AgentRouter.Memory.Storage.Exchange;

namespace AgentRouter.Cli.Commands.Memory.Import;

/// <summary>Imports files, several at once: each is in the memory as a whole, or not at all.</summary>
internal sealed class FileImport(GraphMemory memory, MemoryScope scope, ImportProgress progress)
{
    private const int MostCharacters = 20_000_000;

    // while some are read, others are written, and those that wait to be written are written together
    private const int AtOnce = 8;

    private static readonly SearchValues<char> Binary = SearchValues.Create("\0\u0001\u0002\u0003\u0004\u0005\u0006");

    /// <summary>Imports files, and brings the index to where the memory is.</summary>
    /// <exception cref="ConfigurationException">A file that was named cannot be imported. The others are.</exception>
    public async Task<ImportReport> RunAsync(ImportFiles files, CancellationToken cancellationToken)
    {
        var imported = new FileOutcome[files.Found.Count];
        await Parallel.ForAsync(0, imported.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (place, token) =>
        {
            ImportedFile file = files.Found[place];
            try
            {
                imported[place] = await ImportAsync(file, token);
            }
            catch (ConfigurationException wrong)
            {
                imported[place] = new FileOutcome { Wrong = wrong };
            }

            progress.Step();
        });
        await memory.FlushAsync(scope, cancellationToken);
        for (int place = 0; place < imported.Length; place++)
        {
            if (imported[place].Wrong is { } wrong && files.Found[place].IsNamed)
                throw wrong;
        }

        return Report(files, imported);
    }

    private static ImportReport Report(ImportFiles files, FileOutcome[] imported)
    {
        var skipped = new List<SkippedFile>(files.Skipped);
        foreach ((ImportedFile file, FileOutcome outcome) in files.Found.Zip(imported))
        {
            if (outcome.Wrong is { } wrong)
                skipped.Add(new SkippedFile(file.Key, wrong.Message.Replace(file.Path, file.Key, StringComparison.Ordinal)));
            skipped.AddRange((outcome.Source?.Skipped ?? []).Select(item => new SkippedFile($"{file.Key}, item {item.Place + 1}", item.Reason)));
        }

        ImportResult[] sources = [.. imported.Select(outcome => outcome.Source).OfType<ImportResult>()];
        MemoryImported[] exports = [.. imported.Select(outcome => outcome.Export).OfType<MemoryImported>()];
        return new ImportReport(
            sources, exports.Length, sources.Sum(source => (long)source.NewNodes) + exports.Sum(export => export.NewNodes),
            sources.Sum(source => (long)source.NewEdges) + exports.Sum(export => export.NewEdges), skipped);
    }

    private async Task<FileOutcome> ImportAsync(ImportedFile file, CancellationToken cancellationToken)
    {
        if (file.Kind == ImportedKind.Conversation && await MemoryImport.IsExportAsync(file.Path, cancellationToken))
            return new FileOutcome { Export = await memory.ImportExportAsync(scope, file.Path, cancellationToken) };
        MemorySource source = file.Kind == ImportedKind.Conversation
            ? await ConversationReader.ReadAsync(file.Key, file.Path, cancellationToken)
            : DocumentReader.Read(file.Key, await TextAsync(file, cancellationToken));
        return new FileOutcome { Source = await memory.ImportAsync(scope, source, cancellationToken) };
    }

    private static async Task<string> TextAsync(ImportedFile file, CancellationToken cancellationToken)
    {
        if (new FileInfo(file.Path).Length > MostCharacters)
            throw new ConfigurationException($"{file.Key} is longer than {MostCharacters / 1_000_000} MB. Split it.");
        string text = await File.ReadAllTextAsync(file.Path, cancellationToken);
        return text.AsSpan().ContainsAny(Binary) ? throw new ConfigurationException($"{file.Key} is no text: it holds control characters that no text has.") : text;
    }
}
