using System.Text.Json;
using AgentRouter.Configuration;

namespace AgentRouter.CrashWorker.Work;

/// <summary>What a worker process has to do: one run, begun or gone on with, up to its end or to a kill.</summary>
public sealed record CrashJob
{
    /// <summary>Gets the folder of the case: its store, its workspace, its logs and its result.</summary>
    public required string Folder { get; init; }

    /// <summary>Gets the name of the workflow, one of <see cref="CrashWorkflow.All"/>.</summary>
    public required string Workflow { get; init; }

    /// <summary>Gets what an append survives.</summary>
    public RunDurability Durability { get; init; }

    /// <summary>Gets a value indicating whether the run has begun before.</summary>
    public bool Resumes { get; init; }

    /// <summary>Gets after how many appended events the process kills itself; <see langword="null"/> for a run that may end.</summary>
    public int? DiesAt { get; init; }

    /// <summary>Gets a value indicating whether it dies before the append of that event instead of right after it.</summary>
    public bool DiesBefore { get; init; }

    /// <summary>Gets by how many pages the store may grow, as on a full disk; <see langword="null"/> for no limit.</summary>
    public int? Pages { get; init; }

    /// <summary>Gets a value indicating whether the store may not be written.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Gets how far the clock of this process is off.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>Gets a value indicating whether it is an error that another process has the run, instead of a reason to wait.</summary>
    public bool IsImpatient { get; init; }

    /// <summary>Gets how long looking takes in the shop, for a run that is still going on when another process comes.</summary>
    public TimeSpan Dawdles { get; init; }

    /// <summary>Gets where the result of this job is written.</summary>
    public string ResultName { get; init; } = CaseFiles.Result;

    /// <summary>Reads a job from a process argument.</summary>
    public static CrashJob Parse(string argument) => JsonSerializer.Deserialize<CrashJob>(argument) ?? throw new JsonException("The job is empty.");

    /// <summary>Writes the job as a process argument.</summary>
    public override string ToString() => JsonSerializer.Serialize(this);
}
