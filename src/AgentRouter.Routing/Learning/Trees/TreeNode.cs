namespace AgentRouter.Routing.Learning.Trees;

/// <summary>A node of a forest in eight bytes. Its smaller side follows it; a leaf has no smaller side and leads to itself.</summary>
internal readonly struct TreeNode
{
    /// <summary>The most features a forest has.</summary>
    public const int MaxFeatures = 128;

    /// <summary>The most nodes a tree has.</summary>
    public const int MaxNodes = 1 << NextBits;

    private const int NextBits = 24;
    private readonly int _link;

    /// <summary>Makes a node.</summary>
    /// <param name="feature">The feature; any for a leaf.</param>
    /// <param name="threshold">The largest value that goes to the smaller side; NaN for a leaf.</param>
    /// <param name="next">The place of the larger side in its tree; a leaf's own.</param>
    public TreeNode(int feature, float threshold, int next)
    {
        Threshold = threshold;
        _link = (feature << NextBits) | next;
    }

    /// <summary>Gets the largest value that goes to the smaller side; NaN, which no value is below, for a leaf.</summary>
    public float Threshold { get; }

    /// <summary>Gets the feature.</summary>
    public int Feature => _link >> NextBits;

    /// <summary>Gets the place of the larger side in its tree.</summary>
    public int Next => _link & (MaxNodes - 1);
}
