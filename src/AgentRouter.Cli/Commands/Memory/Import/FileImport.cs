using System.Buffers;
using AgentRouter.Configuration;
using AgentRouter.Files;
using AgentRouter.Memory;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Ingestion.Readers;
using AgentRouter.Memory.Storage.Exchange;

namespace AgentRouter.Cli.Commands.Memory.Import;

/// <summary>Imports files, several at once: each is in the memory as a whole, or not at all.</summary>
internal sealed class FileImport(OpenMemory memory, MemoryScope scope, ImportProgress progress)
{
    private const int MostCharacters = 20_000_000;

    // while some are read, others are written, and those that wait to be written are written together
    private const int AtOnce = 8;

    private static readonly SearchValues<char> Binary = SearchValues.Create("\0\u0001\u0002\u0003\u0004\u0005\u0006");

    /// <summary>Imports files, and brings the index to where the memory is.</summary>
    /// <remarks>A file that is damaged is reported; the others are imported.</remarks>
    public async Task<ImportReport> RunAsync(ImportFiles files, CancellationToken cancellationToken)
    {
        bool isNew = !await memory.HoldsAsync(scope, cancellationToken);
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
                string reason = wrong.Message.Replace(file.Path, file.Key, StringComparison.Ordinal);
                imported[place] = !file.IsNamed && await OtherJson.IsAsync(file.Path, token)
                    ? new FileOutcome { Skipped = new SkippedFile(file.Key, "JSON, but neither a list of turns nor an object with 'messages'") }
                    : new FileOutcome { Damaged = new SkippedFile(file.Key, reason) };
            }

            progress.Step();
        });
        if (imported.Any(outcome => outcome.IsImported))
            await memory.Graph.FlushAsync(scope, cancellationToken);
        return Report(files, imported) with { Folder = memory.Folder, IsNewScope = isNew };
    }

    private static ImportReport Report(ImportFiles files, FileOutcome[] imported)
    {
        var skipped = new List<SkippedFile>(files.Skipped);
        foreach ((ImportedFile file, FileOutcome outcome) in files.Found.Zip(imported))
        {
            if (outcome.Skipped is { } other)
                skipped.Add(other);
            skipped.AddRange((outcome.Source?.Skipped ?? []).Select(item => new SkippedFile($"{file.Key}, item {item.Place + 1}", item.Reason)));
        }

        ImportResult[] sources = [.. imported.Select(outcome => outcome.Source).OfType<ImportResult>()];
        MemoryImported[] exports = [.. imported.Select(outcome => outcome.Export).OfType<MemoryImported>()];
        return new ImportReport(
            sources, exports.Length, sources.Sum(source => (long)source.NewNodes) + exports.Sum(export => export.NewNodes),
            sources.Sum(source => (long)source.NewEdges) + exports.Sum(export => export.NewEdges),
            skipped, [.. imported.Select(outcome => outcome.Damaged).OfType<SkippedFile>()]);
    }

    private async Task<FileOutcome> ImportAsync(ImportedFile file, CancellationToken cancellationToken)
    {
        RequireReadable(file);
        if (await MemoryImport.IsExportAsync(file.Path, cancellationToken))
            return new FileOutcome { Export = await memory.Graph.ImportExportAsync(scope, file.Path, cancellationToken) };
        MemorySource source = file.Kind == ImportedKind.Conversation
            ? await ConversationReader.ReadAsync(file.Key, file.Path, cancellationToken)
            : DocumentReader.Read(file.Key, await TextAsync(file, cancellationToken));
        return new FileOutcome { Source = await memory.Graph.ImportAsync(scope, source, cancellationToken) };
    }

    // told apart from a memory that cannot be written: that ends the import
    private static void RequireReadable(ImportedFile file)
    {
        try
        {
            using FileStream opened = File.OpenRead(file.Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{file.Key} cannot be read: {error.Message} Check its permissions, and that no other program holds it.", error);
        }
    }

    private static async Task<string> TextAsync(ImportedFile file, CancellationToken cancellationToken)
    {
        if (new FileInfo(file.Path).Length > MostCharacters)
            throw new ConfigurationException($"{file.Key} is longer than {MostCharacters / 1_000_000} MB. Split it.");
        using var reader = new StreamReader(new Utf8Stream(File.OpenRead(file.Path), file.Key));
        string text = await reader.ReadToEndAsync(cancellationToken);
        return text.AsSpan().ContainsAny(Binary) ? throw new ConfigurationException($"{file.Key} is no text: it holds control characters that no text has.") : text;
    }
}
