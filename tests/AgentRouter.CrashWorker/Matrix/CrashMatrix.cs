using AgentRouter.Configuration;
using AgentRouter.CrashWorker.Work;
using AgentRouter.Events;
using AgentRouter.Workflows.Runs.Sqlite;

namespace AgentRouter.CrashWorker.Matrix;

/// <summary>Lets runs die at their events, lets other processes go on with them, and judges how they ended.</summary>
/// <param name="folder">Where the cases work.</param>
/// <param name="runsAProcess">How many runs share a process, and so a death.</param>
public sealed class CrashMatrix(string folder, int runsAProcess = 1)
{
    private readonly Dictionary<string, Undisturbed> _undisturbed = [];

    /// <summary>Runs each workflow undisturbed.</summary>
    public async Task BeginAsync(IEnumerable<string> workflows, CancellationToken cancellationToken = default)
    {
        foreach (string workflow in workflows)
            _undisturbed[workflow] = await Undisturbed.RunAsync(folder, workflow, cancellationToken);
    }

    /// <summary>Gets the run of a workflow that nothing happened to.</summary>
    public Undisturbed Of(string workflow) => _undisturbed[workflow];

    /// <summary>Makes a case of every boundary between two events of a workflow: before and after the append of each.</summary>
    public IEnumerable<CrashCase> Boundaries(string workflow, RunDurability durability, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        for (int at = 1; at <= Of(workflow).Events; at++)
        {
            // every fifth is killed a second time, while it goes on
            yield return new CrashCase(workflow, durability, at, DiesBefore: false) { DiesAgainAt = at % 5 == 0 ? random.Next(1, 30) : null };
            if (at > 1)
                yield return new CrashCase(workflow, durability, at, DiesBefore: true);
        }
    }

    /// <summary>Does cases: kills, goes on, judges.</summary>
    /// <param name="cases">The cases; not more than <c>runsAProcess</c>.</param>
    /// <param name="cancellationToken">Ends the processes.</param>
    public async Task<IReadOnlyList<(CrashCase Case, CrashVerdict Verdict)>> DoAsync(IReadOnlyList<CrashCase> cases, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cases.Count, runsAProcess);
        if (!await WorkerProcess.RunAsync(cases.Select(each => each.Dies(folder)), cancellationToken))
            throw new InvalidOperationException($"The process of {cases[0].Name} was not killed.");
        var after = new List<IReadOnlyList<RunEvent>>();
        foreach (CrashCase each in cases)
            after.Add(await ReadAsync(each, cancellationToken));
        CrashJob[] again = [.. cases.Select(each => each.DiesAgain(folder)).OfType<CrashJob>()];
        if (again.Length > 0)
            await WorkerProcess.RunAsync(again, cancellationToken);
        // one that ended before its second death has its result
        IEnumerable<CrashCase> unfinished = cases.Where(each => new CaseFiles(Path.Combine(folder, each.Name)).ReadResult() is null);
        await WorkerProcess.RunAsync(unfinished.Select(each => each.Finishes(folder)), cancellationToken);
        var verdicts = new List<(CrashCase, CrashVerdict)>();
        foreach ((CrashCase each, IReadOnlyList<RunEvent> events) in cases.Zip(after))
        {
            string of = Path.Combine(folder, each.Name);
            CrashVerdict verdict = await CrashVerdict.OfAsync(Of(each.Workflow), of, each.Kept, events, cancellationToken);
            verdicts.Add((each, verdict));
            if (verdict.Problems.Count == 0)
                Directory.Delete(of, recursive: true);
        }

        return verdicts;
    }

    // from a copy: opening the file itself would clear its log up, and that is for the next process to do
    private async Task<IReadOnlyList<RunEvent>> ReadAsync(CrashCase of, CancellationToken cancellationToken)
    {
        string store = new CaseFiles(Path.Combine(folder, of.Name)).Store, copy = store + "-copy";
        Directory.CreateDirectory(copy);
        foreach (string file in Directory.EnumerateFiles(store, SqliteRunStore.FileName + "*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)), overwrite: true);
        using var read = new SqliteRunStore(copy);
        return await read.ReadAsync(CaseFiles.RunId, cancellationToken).ToListAsync(cancellationToken);
    }
}
