namespace AgentRouter.Routing.Evaluation.Trajectories;

/// <summary>A recorded run of one model: its LLM calls in order, and what came of it. docs/trajectories.md gives the format.</summary>
internal sealed record RecordedRun
{
    /// <summary>Gets the run's id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the task; runs of the same task are paired and never split between training and test.</summary>
    public required string Task { get; init; }

    /// <summary>Gets the model that made the run, or <see langword="null"/> where that was not recorded.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the name of the setting it was made in; empty where there is none.</summary>
    public string Configuration { get; init; } = "";

    /// <summary>Gets what came of it, from 0 to 1; <see langword="null"/> where that was not recorded.</summary>
    public double? Reward { get; init; }

    /// <summary>Gets the user's turns, where they were recorded.</summary>
    public IReadOnlyList<string> Turns { get; init; } = [];

    /// <summary>Gets the LLM calls.</summary>
    public required IReadOnlyList<RecordedStep> Steps { get; init; }

    /// <summary>Gets where it was read, as <c>file:line</c>.</summary>
    public required string Location { get; init; }
}
