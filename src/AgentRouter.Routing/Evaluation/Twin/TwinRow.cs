namespace AgentRouter.Routing.Evaluation.Twin;

/// <summary>A row of a question bank: a step of a trajectory, with the least tier that solves it.</summary>
internal sealed record TwinRow
{
    public required string Id { get; init; }

    public required string Benchmark { get; init; }

    /// <summary>Gets the trajectory that the row is a step of; unique within its benchmark.</summary>
    public required string Instance { get; init; }

    public required int Step { get; init; }

    /// <summary>Gets the prompt of the step.</summary>
    public required IReadOnlyList<TwinMessage> Messages { get; init; }

    /// <summary>Gets the number of the least tier that solves the step.</summary>
    public required int Target { get; init; }
}
