using AgentRouter.Budgets;
using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Presentation;
using AgentRouter.Events;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Cli.Commands.Run.Report;

/// <summary>A run that has ended, with all that is said of it.</summary>
internal sealed record FinishedRun
{
    public required string RunId { get; init; }

    public required string Workflow { get; init; }

    public required RunOutcome Outcome { get; init; }

    public string? Reason { get; init; }

    public string? Answer { get; init; }

    public required BudgetSnapshot Budget { get; init; }

    public required RunReport Report { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>Gets the files that were changed, or <see langword="null"/> for a workflow without a workspace.</summary>
    public IReadOnlyList<FileDiff>? Changes { get; init; }

    /// <summary>Gets the folder that holds the work.</summary>
    public string? ResultFolder { get; init; }

    /// <summary>Gets the folder that holds the files as they were, when the run worked in place.</summary>
    public string? BackupFolder { get; init; }

    /// <summary>Gets the file that holds the run's record.</summary>
    public string? RecordFile { get; init; }

    /// <summary>Gets the command lines that go on with it.</summary>
    public RunCommandLines Commands { get => field ?? new RunCommandLines(RunId); init; }

    /// <summary>Gets a value indicating whether the run can go on: it waits, was stopped, or is not recorded to its end.</summary>
    public bool GoesOn { get; init; }

    /// <summary>Gets the questions that it waits for an answer to.</summary>
    public IReadOnlyList<RunQuestion> Questions { get; init; } = [];

    public string Policy => Report.Started?.Policy ?? "";

    public bool IsScripted => Report.Started is { Models.Count: > 0 } started && started.Models.All(model => model.Scripted);

    public string? LargestModel => Report.Started is { Models.Count: > 0 } started ? started.Models[^1].Name : null;
}
