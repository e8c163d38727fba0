namespace AgentRouter.Routing.Learning;

/// <summary>Groups or sources of a training set that have enough rows to be known.</summary>
internal sealed class NameIndex
{
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    /// <summary>Makes an index.</summary>
    /// <param name="names">The names, each once.</param>
    public NameIndex(IReadOnlyList<string> names)
    {
        Names = names;
        for (int i = 0; i < names.Count; i++)
            _positions.Add(names[i], i);
    }

    /// <summary>Gets the names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Finds the names that occur often enough.</summary>
    public static NameIndex Of(IEnumerable<string> names, int leastRows) =>
        new([.. names.CountBy(name => name).Where(name => name.Value >= leastRows).Select(name => name.Key).Order(StringComparer.Ordinal)]);

    /// <summary>Finds a name without making a string.</summary>
    /// <returns>Its position, or -1.</returns>
    public int Find(ReadOnlySpan<char> name) =>
        _positions.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out int position) ? position : -1;
}
