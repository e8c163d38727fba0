using System.Globalization;
using AgentRouter.CrashWorker.Work;
using AgentRouter.Events;
using AgentRouter.Workflows.Runs.Sqlite;

namespace AgentRouter.CrashWorker.Matrix;

/// <summary>How a store is damaged.</summary>
public enum Tear
{
    /// <summary>The end of the log is missing.</summary>
    LogCut,

    /// <summary>A part of the log is something else.</summary>
    LogOverwritten,

    /// <summary>The end of the file is missing.</summary>
    FileCut,

    /// <summary>A part of the file is something else.</summary>
    FileOverwritten,
}

/// <summary>What came of a run whose store was damaged.</summary>
/// <param name="Name">The case.</param>
/// <param name="Tear">The damage.</param>
/// <param name="WentOn">Whether the run went on to its end; else the damage was named.</param>
/// <param name="Problem">What is wrong, or <see langword="null"/>.</param>
public sealed record TornResult(string Name, Tear Tear, bool WentOn, string? Problem);

/// <summary>Damages what a killed process left at random places, and lets another process go on.</summary>
/// <param name="folder">Where the cases work.</param>
/// <param name="expected">The same run, undisturbed.</param>
/// <param name="source">The folder of a killed run; not changed.</param>
public sealed class TornStores(string folder, Undisturbed expected, CrashCase source)
{
    private const int LongestOverwrite = 600;

    // what callers are told of
    private static readonly string[] Told = [nameof(InvalidDataException), nameof(IOException), nameof(FileNotFoundException)];

    // what a run says that finds the damage while it goes on
    private static readonly string[] Damaged = ["damaged", "cannot be read", "is not in the store", "The record of the run"];

    private readonly string _source = Path.Combine(folder, source.Name);
    private List<string> _events = [];

    /// <summary>Lets the run begin and die.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken = default)
    {
        await WorkerProcess.RunAsync([source.Dies(folder)], cancellationToken);
        _events = await ReadAsync(Copy(source.Name + "-whole", isFolded: false), cancellationToken);
    }

    /// <summary>Does cases in one process.</summary>
    /// <param name="seeds">A seed each.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    public async Task<IReadOnlyList<TornResult>> DoAsync(IEnumerable<int> seeds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        var results = new List<TornResult>();
        var open = new List<(string Name, string Folder, Tear Tear)>();
        foreach (int seed in seeds)
        {
            var random = new Random(seed);
            var tear = (Tear)random.Next(4);
            string name = string.Create(CultureInfo.InvariantCulture, $"{source.Name}-torn-{seed}-{tear}").ToLowerInvariant();
            string torn = Copy(name, isFolded: tear is Tear.FileCut or Tear.FileOverwritten);
            Damage(tear, new CaseFiles(torn).Store, random);
            if (await ReadAheadAsync(torn, cancellationToken) is { } problem)
                results.Add(new TornResult(name, tear, false, problem));
            else
                open.Add((name, torn, tear));
        }

        await WorkerProcess.RunAsync(open.Select(one => source.Finishes(folder) with { Folder = one.Folder }), cancellationToken);
        foreach ((string name, string torn, Tear tear) in open)
        {
            CrashResult? result = new CaseFiles(torn).ReadResult();
            string? problem = Judge(result);
            results.Add(new TornResult(name, tear, result?.Outcome == expected.Result.Outcome, problem));
            if (problem is null)
                Directory.Delete(torn, recursive: true);
        }

        return results;
    }

    // Reads a copy of the damaged store: what can be read is the beginning of what was recorded.
    private async Task<string?> ReadAheadAsync(string torn, CancellationToken cancellationToken)
    {
        string copy = torn + "-copy";
        CopyFiles(new CaseFiles(torn).Store, new CaseFiles(copy).Store);
        try
        {
            List<string> read = await ReadAsync(copy, cancellationToken);
            return read.SequenceEqual(_events.Take(read.Count)) ? null : "What can be read is not what was recorded.";
        }
        catch (Exception exception) when (Told.Contains(exception.GetType().Name))
        {
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return $"Reading ended with {exception.GetType().Name}: {exception.Message}";
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private string? Judge(CrashResult? result) => result switch
    {
        null => "There is no result.",
        { Error: { } error } => Told.Contains(error) ? null : $"It ended with {error}: {result.Message}",
        { Outcome: "Failed", Reason: { } reason } when Damaged.Any(sign => reason.Contains(sign, StringComparison.Ordinal)) => null,
        { Mismatch: { } mismatch } => $"Its replay differs. {mismatch}",
        _ when result.Outcome != expected.Result.Outcome => $"It ended {result.Outcome}: {result.Reason}",
        _ when result.Answer != expected.Result.Answer => $"Its answer is another one: {result.Answer}",
        _ => null,
    };

    private string Copy(string name, bool isFolded)
    {
        string to = Path.Combine(folder, name);
        CopyFolder(_source, to);
        if (isFolded)
        {
            // the last connection that closes copies the log into the file
            using var store = new SqliteRunStore(new CaseFiles(to).Store);
            store.Writer.Read(db => db.First("PRAGMA wal_checkpoint(TRUNCATE)", row => row.Number(0)));
        }

        return to;
    }

    private static void Damage(Tear tear, string store, Random random)
    {
        string file = Path.Combine(store, SqliteRunStore.FileName + (tear is Tear.LogCut or Tear.LogOverwritten ? "-wal" : ""));
        using FileStream stream = File.Open(file, FileMode.Open);
        int at = random.Next((int)stream.Length);
        if (tear is Tear.LogCut or Tear.FileCut)
        {
            stream.SetLength(at);
            return;
        }

        byte[] noise = new byte[random.Next(1, LongestOverwrite)];
        random.NextBytes(noise);
        stream.Position = at;
        stream.Write(noise.AsSpan(0, (int)Math.Min(noise.Length, stream.Length - at)));
    }

    private static async Task<List<string>> ReadAsync(string of, CancellationToken cancellationToken)
    {
        using var store = new SqliteRunStore(new CaseFiles(of).Store);
        return await store.ReadAsync(CaseFiles.RunId, cancellationToken).Select(RunEventJson.Serialize).ToListAsync(cancellationToken);
    }

    private static void CopyFolder(string from, string to)
    {
        CopyFiles(from, to);
        foreach (string inner in Directory.EnumerateDirectories(from))
            CopyFolder(inner, Path.Combine(to, Path.GetFileName(inner)));
    }

    private static void CopyFiles(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from).Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
