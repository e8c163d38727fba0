using AgentRouter.CrashWorker.Work;
using AgentRouter.Workflows.Runs.Sqlite;

namespace AgentRouter.CrashWorker.Matrix;

/// <summary>A run that nothing happens to: what the others are compared with.</summary>
public sealed record Undisturbed
{
    private Undisturbed(CrashResult result, int events, IReadOnlyList<string> effects, SortedDictionary<string, string> workspace) =>
        (Result, Events, Effects, Workspace) = (result, events, effects, workspace);

    /// <summary>Gets how it ended.</summary>
    public CrashResult Result { get; }

    /// <summary>Gets how many events it has.</summary>
    public int Events { get; }

    /// <summary>Gets what its tools did.</summary>
    public IReadOnlyList<string> Effects { get; }

    /// <summary>Gets the hash of each file it left.</summary>
    public SortedDictionary<string, string> Workspace { get; }

    /// <summary>Runs a workflow in a process of its own.</summary>
    /// <exception cref="InvalidOperationException">It did not succeed.</exception>
    public static async Task<Undisturbed> RunAsync(string folder, string workflow, CancellationToken cancellationToken = default)
    {
        var job = new CrashJob { Folder = Path.Combine(folder, "undisturbed-" + workflow), Workflow = workflow };
        await WorkerProcess.RunAsync([job], cancellationToken);
        var files = new CaseFiles(job.Folder);
        CrashResult result = files.ReadResult()!;
        if (result.Outcome != "Succeeded" || result.Mismatch is not null)
            throw new InvalidOperationException($"The undisturbed run of '{workflow}' ended {result.Outcome}: {result.Reason ?? result.Message ?? result.Mismatch}");
        using var store = new SqliteRunStore(files.Store);
        int events = await store.ReadAsync(CaseFiles.RunId, cancellationToken).CountAsync(cancellationToken);
        return new Undisturbed(result, events, files.Effects.Read(), files.HashWorkspace());
    }
}
