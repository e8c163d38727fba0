using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentRouter.Events;

namespace AgentRouter.Workflows.Runs;

/// <summary>Keeps each run in a folder of its own, as JSON lines: <c>&lt;folder&gt;/&lt;runId&gt;/events.jsonl</c>.</summary>
/// <param name="folder">The folder of all runs; made when the first run begins.</param>
public sealed class JsonLinesRunStore(string folder) : IRunStore
{
    /// <summary>The name of the file in a run's folder.</summary>
    public const string FileName = "events.jsonl";

    private readonly string _folder = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public ValueTask<IRunRecord> CreateAsync(string runId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string path = FileOf(runId);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new(new JsonLinesRunRecord(path));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"The record '{path}' cannot be made: {exception.Message}", exception);
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw new IOException($"There is a run '{runId}' already, in '{Path.GetDirectoryName(path)}'. Choose another id, or remove that folder.", exception);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RunSummary> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(_folder))
            yield break;
        // ids sort by time, so the names alone give the order
        string[] runs = [.. Directory.EnumerateDirectories(_folder).Select(run => Path.GetFileName(run)).OrderDescending(StringComparer.Ordinal)];
        foreach (string run in runs)
        {
            if (!RunIds.IsValid(run) || !File.Exists(FileOf(run)))
                continue;
            yield return await JsonLinesSummary.ReadAsync(run, FileOf(run), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RunEvent> ReadAsync(string runId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string path = FileOf(runId);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no run '{runId}' in '{_folder}'.", path);
        RunEvent? last = null;
        await foreach (JsonLine line in JsonLinesFile.ReadAsync(path, cancellationToken))
        {
            RunEvent? read = null;
            JsonException? broken = null;
            try
            {
                read = line.IsWhole ? RunEventJson.Deserialize(line.Text) : null;
            }
            catch (JsonException exception)
            {
                broken = exception;
            }

            if (broken is not null && !line.IsLast)
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{path}:{line.Number}: the line is not an event of a run: {broken.Message}"), broken);
            if (read is null)
            {
                yield return Torn(path, line.Number, runId, last);
                yield break;
            }

            last = read;
            yield return read;
        }
    }

    /// <inheritdoc/>
    public string? FolderOf(string runId) => Path.GetDirectoryName(FileOf(runId));

    private string FileOf(string runId) => Path.Combine(_folder, RunIds.Check(runId), FileName);

    private static RunWarning Torn(string path, int line, string runId, RunEvent? last) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{path}:{line}: the last line was cut off while it was written, so it was left out; everything before it is whole."))
        {
            RunId = runId,
            Sequence = (last?.Sequence ?? 0) + 1,
            Time = last?.Time ?? default,
        };
}
