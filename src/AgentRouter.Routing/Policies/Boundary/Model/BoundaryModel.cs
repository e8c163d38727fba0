namespace AgentRouter.Routing.Policies.Boundary.Model;

/// <summary>What a boundary policy has learned from an outcome table: classes of steps, how long tasks last, and a ladder of models.</summary>
internal sealed record BoundaryModel
{
    /// <summary>The most rungs: the table has an entry for each set of them.</summary>
    public const int MaxRungs = 5;

    /// <summary>The most classes.</summary>
    public const int MaxClasses = 64;

    /// <summary>The most steps that are planned ahead; longer tasks end with the last hazard.</summary>
    public const int MaxSteps = 64;

    /// <summary>Gets the models, from the cheapest to the dearest.</summary>
    public required IReadOnlyList<BoundaryRung> Rungs { get; init; }

    /// <summary>Gets the classes; at least one.</summary>
    public required IReadOnlyList<BoundaryClass> Classes { get; init; }

    /// <summary>Gets the probability that a task ends after its step t, given that it lasted until then; from step 1, the last is 1.</summary>
    public required IReadOnlyList<double> Hazard { get; init; }

    /// <summary>Gets a value indicating whether steps are verified before the next one: a step that failed may be tried again with another model.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>Gets what tells the classes apart by their text, or <see langword="null"/> where nodes and roles do.</summary>
    public BoundaryRisk? Risk { get; init; }

    /// <summary>Finds a class by name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Its index, or -1.</returns>
    public int IndexOf(string name)
    {
        for (int i = 0; i < Classes.Count; i++)
        {
            if (Classes[i].Name == name)
                return i;
        }

        return -1;
    }
}
