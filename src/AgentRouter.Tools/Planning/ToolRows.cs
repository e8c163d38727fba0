namespace AgentRouter.Tools.Planning;

/// <summary>Tools and facts as sparse rows in both directions: what the searches run over.</summary>
internal sealed class ToolRows
{
    private int[] _needCounts = [];

    /// <summary>Gets how many facts there are.</summary>
    public int FactCount => NeededBy.Count;

    /// <summary>Gets how many tools there are.</summary>
    public int ToolCount => Needs.Count;

    /// <summary>Gets the facts that each tool needs.</summary>
    public SparseRows Needs { get; } = new();

    /// <summary>Gets the facts that each tool provides.</summary>
    public SparseRows Provides { get; } = new();

    /// <summary>Gets the tools that need each fact.</summary>
    public SparseRows NeededBy { get; } = new();

    /// <summary>Gets the tools that provide each fact.</summary>
    public SparseRows ProvidedBy { get; } = new();

    /// <summary>Gets how many facts each tool needs.</summary>
    public ReadOnlySpan<int> NeedCounts => _needCounts.AsSpan(0, ToolCount);

    /// <summary>Removes all tools and facts.</summary>
    public void Clear()
    {
        Needs.Clear();
        Provides.Clear();
    }

    /// <summary>Makes what follows from <see cref="Needs"/> and <see cref="Provides"/>, which are filled.</summary>
    /// <param name="facts">How many facts there are.</param>
    public void Complete(int facts)
    {
        NeededBy.SetInverse(Needs, facts);
        ProvidedBy.SetInverse(Provides, facts);
        if (_needCounts.Length < ToolCount)
            _needCounts = new int[ToolCount];
        for (int tool = 0; tool < ToolCount; tool++)
            _needCounts[tool] = Needs[tool].Length;
    }
}
