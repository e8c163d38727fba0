using System.Diagnostics;
using System.Globalization;
using AgentRouter.CrashWorker.Work;
using AgentRouter.Workflows.Runs.Sqlite;

namespace AgentRouter.CrashWorker.Matrix;

/// <summary>What else happens to stores and processes. Each scenario returns what went wrong, or <see langword="null"/>.</summary>
/// <param name="folder">Where they work.</param>
/// <param name="expected">The run of <c>pay</c>, undisturbed.</param>
public sealed class Hardships(string folder, Undisturbed expected)
{
    private const string Workflow = "pay";
    private const int InTheMiddle = 30;
    private const string Second = "second.json";

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>Gets all scenarios by what happens.</summary>
    public IReadOnlyList<(string What, Func<CancellationToken, Task<string?>> Run)> All =>
    [
        ("two processes go on with a run at once: one wins, the other is told who has it", TwoResumersAsync),
        ("a process stands still for longer than its claim; another takes the run over, and the first can record nothing more", SleeperAsync),
        ("the clock of the process that goes on is a day behind", token => ClockAsync(TimeSpan.FromDays(-1), token)),
        ("the clock of the process that goes on is a day ahead", token => ClockAsync(TimeSpan.FromDays(1), token)),
        ("the disk is full, and later it is not", FullDiskAsync),
        ("the store may not be written, and later it may", ReadOnlyAsync),
        ("an event is poisoned, and later restored", PoisonAsync),
        ("the process dies between the making of the run and its first event", NothingKeptAsync),
    ];

    private async Task<string?> TwoResumersAsync(CancellationToken cancellationToken)
    {
        CrashJob job = await DieAsync("two", cancellationToken);
        CrashJob dawdles = job with { Dawdles = 2 * Moment, IsImpatient = true };
        await Task.WhenAll(WorkerProcess.RunAsync([dawdles], cancellationToken), WorkerProcess.RunAsync([dawdles with { ResultName = Second }], cancellationToken));
        var files = new CaseFiles(job.Folder);
        CrashResult[] results = [files.ReadResult()!, files.ReadResult(Second)!];
        CrashResult? winner = results.FirstOrDefault(result => result.Error is null), loser = results.FirstOrDefault(result => result.Error is not null);
        if (loser is not { Error: "RunInUseException", Message: { } told } || !told.Contains("is in use by", StringComparison.Ordinal))
            return $"The loser was told: {loser?.Error} {loser?.Message}";
        return Judge(winner, files);
    }

    private async Task<string?> SleeperAsync(CancellationToken cancellationToken)
    {
        CrashJob job = await DieAsync("sleeper", cancellationToken);
        using Process sleeper = WorkerProcess.Start([job with { Dawdles = 4 * Moment, ResultName = Second }]);
        var files = new CaseFiles(job.Folder);
        while (!OwnerOf(files).EndsWith($" {sleeper.Id}", StringComparison.Ordinal))
            await Task.Delay(Moment / 20, TimeProvider.System, cancellationToken);
        // by now it looks around in the shop, and writes nothing
        await Task.Delay(Moment, TimeProvider.System, cancellationToken);
        await SignalAsync("-STOP", sleeper, cancellationToken);
        await WorkerProcess.RunAsync([job], cancellationToken);
        await SignalAsync("-CONT", sleeper, cancellationToken);
        await sleeper.WaitForExitAsync(cancellationToken);
        if (files.ReadResult(Second) is not { } second || !$"{second.Reason}{second.Message}".Contains("was taken over by another process", StringComparison.Ordinal))
            return $"The process that stood still ended {files.ReadResult(Second)?.Outcome}: {files.ReadResult(Second)?.Reason}";
        return Judge(files.ReadResult(), files);
    }

    private async Task<string?> ClockAsync(TimeSpan offset, CancellationToken cancellationToken)
    {
        CrashJob job = await DieAsync("clock" + offset.Days.ToString(CultureInfo.InvariantCulture), cancellationToken);
        await WorkerProcess.RunAsync([job with { ClockOffset = offset }], cancellationToken);
        return Judge(job);
    }

    private async Task<string?> FullDiskAsync(CancellationToken cancellationToken)
    {
        CrashJob job = await DieAsync("full", cancellationToken);
        await WorkerProcess.RunAsync([job with { Pages = 3, ResultName = Second }], cancellationToken);
        CrashResult full = new CaseFiles(job.Folder).ReadResult(Second)!;
        if (full.Outcome == "Succeeded" || !$"{full.Reason}{full.Message}".Contains("the disk is full", StringComparison.Ordinal))
            return $"On the full disk it ended {full.Outcome}: {full.Reason}{full.Message}";
        await WorkerProcess.RunAsync([job], cancellationToken);
        return Judge(job);
    }

    private async Task<string?> ReadOnlyAsync(CancellationToken cancellationToken)
    {
        CrashJob job = await DieAsync("read-only", cancellationToken);
        await WorkerProcess.RunAsync([job with { IsReadOnly = true, ResultName = Second }], cancellationToken);
        CrashResult refused = new CaseFiles(job.Folder).ReadResult(Second)!;
        if (refused is not { Error: "IOException", Message: { } told } || !told.Contains("is read-only", StringComparison.Ordinal))
            return $"Where it may not write it ended {refused.Outcome}: {refused.Reason}{refused.Message}";
        await WorkerProcess.RunAsync([job], cancellationToken);
        return Judge(job);
    }

    private async Task<string?> PoisonAsync(CancellationToken cancellationToken)
    {
        CrashJob job = await DieAsync("poison", cancellationToken);
        var files = new CaseFiles(job.Folder);
        Write("CREATE TABLE saved AS SELECT data FROM events WHERE sequence = 7", "UPDATE events SET data = '{}' WHERE sequence = 7");
        await WorkerProcess.RunAsync([job with { ResultName = Second }], cancellationToken);
        CrashResult poisoned = files.ReadResult(Second)!;
        if (poisoned is not { Error: nameof(InvalidDataException), Message: { } told } || !told.Contains("event 7 of run", StringComparison.Ordinal))
            return $"With a poisoned event it ended {poisoned.Outcome}: {poisoned.Reason}{poisoned.Message}";
        Write("UPDATE events SET data = (SELECT data FROM saved) WHERE sequence = 7", "DROP TABLE saved");
        await WorkerProcess.RunAsync([job], cancellationToken);
        return Judge(job);

        void Write(params string[] statements)
        {
            using var store = new SqliteRunStore(files.Store);
            foreach (string statement in statements)
                store.Writer.Write(db => db.Execute(statement));
        }
    }

    private async Task<string?> NothingKeptAsync(CancellationToken cancellationToken)
    {
        CrashJob job = await DieAsync("nothing", cancellationToken, at: 0);
        await WorkerProcess.RunAsync([job], cancellationToken);
        CrashResult result = new CaseFiles(job.Folder).ReadResult()!;
        return result is { Error: nameof(InvalidDataException), Message: { } told } && told.Contains("the run ended before it began", StringComparison.Ordinal)
            ? null
            : $"It ended {result.Outcome}: {result.Reason}{result.Message}";
    }

    /// <summary>Lets a run die, and makes the job that goes on with it.</summary>
    private async Task<CrashJob> DieAsync(string name, CancellationToken cancellationToken, int at = InTheMiddle)
    {
        var job = new CrashJob { Folder = Path.Combine(folder, "hardship-" + name), Workflow = Workflow, DiesAt = at };
        await WorkerProcess.RunAsync([job], cancellationToken);
        return job with { DiesAt = null, Resumes = true };
    }

    private string? Judge(CrashJob job)
    {
        var files = new CaseFiles(job.Folder);
        return Judge(files.ReadResult(), files);
    }

    private string? Judge(CrashResult? result, CaseFiles files)
    {
        if (result is null)
            return "There is no result.";
        if (result.Outcome != expected.Result.Outcome || result.Answer != expected.Result.Answer || result.Mismatch is not null)
            return $"The run ended {result.Outcome}: {result.Reason}{result.Message}{result.Mismatch}";
        IReadOnlyList<string> effects = files.Effects.Read();
        return effects.Order(StringComparer.Ordinal).SequenceEqual(expected.Effects.Order(StringComparer.Ordinal)) ? null : $"The tools did {string.Join("; ", effects)}";
    }

    private static string OwnerOf(CaseFiles files)
    {
        using var store = new SqliteRunStore(files.Store);
        return store.Writer.Read(db => db.First("SELECT owner FROM leases", row => row.Text(0))) ?? "";
    }

    private static async Task SignalAsync(string signal, Process process, CancellationToken cancellationToken)
    {
        using Process kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }
}
