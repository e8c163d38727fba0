namespace AgentRouter.Memory.Exploration;

/// <summary>How much of what is around a node is wanted.</summary>
public sealed record NeighbourhoodOptions
{
    /// <summary>The farthest that a neighbourhood reaches, in edges.</summary>
    public const int MostDepth = 3;

    /// <summary>Gets how far it reaches, in edges, from 1 to <see cref="MostDepth"/>.</summary>
    public int Depth { get; init; } = 1;

    /// <summary>Gets the most nodes, with the middle, from 1 to 1,000.</summary>
    public int MaxNodes { get; init; } = 60;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Depth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Depth, MostDepth);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxNodes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxNodes, 1_000);
    }
}
