namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>How a question was worked on, and why.</summary>
/// <param name="Modules">The parts, in the order in which they are done.</param>
public sealed record RecallPlan(IReadOnlyList<PlannedModule> Modules)
{
    /// <summary>Gets what share of the question the first of what words alone found holds, by how rare its words are, from 0 to 1; <see langword="null"/> where it was not measured.</summary>
    public double? Covered { get; init; }

    /// <summary>Gets by how much the last that is given back stands out from the first that is not, as a share of the best score, from 0 to 1; <see langword="null"/> where it was not
    /// measured.</summary>
    public double? Margin { get; init; }

    /// <summary>Gets the part of a kind.</summary>
    public PlannedModule this[RecallModule module] => Modules.First(each => each.Module == module);

    /// <summary>Gets a value indicating whether all of it was done by words and rules.</summary>
    public bool IsLow => Modules.All(each => each.Effort == RecallEffort.Low);
}
