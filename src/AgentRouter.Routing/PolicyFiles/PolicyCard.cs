namespace AgentRouter.Routing.PolicyFiles;

/// <summary>What a policy file says of itself: what it was trained on and how it was measured.</summary>
internal sealed record PolicyCard
{
    /// <summary>Gets what the policy is for, in a sentence.</summary>
    public string Description { get; init; } = "";

    /// <summary>Gets the names of the files it was trained on, without their folders.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>Gets the hash of the rows it was trained on.</summary>
    public string DataHash { get; init; } = "";

    /// <summary>Gets the number of rows.</summary>
    public int Rows { get; init; }

    /// <summary>Gets the seed of everything random in training.</summary>
    public int Seed { get; init; }

    /// <summary>Gets the measured figures by name, cross-validated, beside the baselines'.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>Gets what a reader should know: what was assumed, where it may not hold.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Gets short hashes of the rows, by which they are known again in another table; empty when it was not trained on rows.</summary>
    public IReadOnlyList<long> RowHashes { get; init; } = [];
}
