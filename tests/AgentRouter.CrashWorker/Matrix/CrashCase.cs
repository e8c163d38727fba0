using AgentRouter.Configuration;
using AgentRouter.CrashWorker.Work;

namespace AgentRouter.CrashWorker.Matrix;

/// <summary>One death of a run, and where it comes.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="Durability">What an append survives.</param>
/// <param name="DiesAt">At which event; 0 for the moment between the making of the run and its first event.</param>
/// <param name="DiesBefore">Whether before the append of the event instead of right after it.</param>
public sealed record CrashCase(string Workflow, RunDurability Durability, int DiesAt, bool DiesBefore)
{
    /// <summary>Gets after how many further events the process that goes on is killed too; <see langword="null"/> where it is not.</summary>
    public int? DiesAgainAt { get; init; }

    /// <summary>Gets its name, that of its folder too.</summary>
    public string Name => $"{Workflow}-{Durability}-{(DiesBefore ? "before" : "after")}-{DiesAt}{(DiesAgainAt is { } again ? $"-again-{again}" : "")}".ToLowerInvariant();

    /// <summary>Gets how many events the journal has when the process is dead.</summary>
    public int Kept => DiesBefore ? DiesAt - 1 : DiesAt;

    /// <summary>Makes the job that ends in the kill.</summary>
    public CrashJob Dies(string folder) => new() { Folder = Path.Combine(folder, Name), Workflow = Workflow, Durability = Durability, DiesAt = DiesAt, DiesBefore = DiesBefore };

    /// <summary>Makes the job that goes on and is killed again; <see langword="null"/> where it is not.</summary>
    public CrashJob? DiesAgain(string folder) => DiesAgainAt is { } again ? Finishes(folder) with { DiesAt = again } : null;

    /// <summary>Makes the job that goes on up to the end.</summary>
    public CrashJob Finishes(string folder) => new() { Folder = Path.Combine(folder, Name), Workflow = Workflow, Durability = Durability, Resumes = true };
}
