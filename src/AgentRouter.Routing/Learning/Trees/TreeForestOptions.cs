namespace AgentRouter.Routing.Learning.Trees;

/// <summary>How a forest is grown.</summary>
internal sealed record TreeForestOptions
{
    /// <summary>The most splits from a root to a leaf, which bounds the time of a prediction.</summary>
    public const int DeepestDepth = 24;

    /// <summary>Gets the number of trees.</summary>
    public int Trees { get; init; } = 128;

    /// <summary>Gets the fewest rows of a leaf.</summary>
    public int MinLeaf { get; init; } = 8;

    /// <summary>Gets the share of the features that are tried at each split.</summary>
    public double FeatureShare { get; init; } = 0.3;
}
