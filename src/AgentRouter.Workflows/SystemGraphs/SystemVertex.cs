namespace AgentRouter.Workflows.SystemGraphs;

/// <summary>A vertex of a system graph. Two of the same kind and name are the same.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name, as it is written in YAML.</param>
public sealed record SystemVertex(SystemVertexKind Kind, string Name)
{
    /// <summary>Gets what it is for, in a sentence. It does not count when two vertices are compared.</summary>
    public string? Description { get; init; }

    /// <summary>Compares kind and name.</summary>
    public bool Equals(SystemVertex? other) => other is not null && Kind == other.Kind && Name == other.Name;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Name);
}
