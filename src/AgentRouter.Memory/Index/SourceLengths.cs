namespace AgentRouter.Memory.Index;

/// <summary>How long sources are, in tenths of a word, as far as a segment holds them.</summary>
internal sealed class SourceLengths
{
    private readonly Dictionary<int, long> _lengths = [];

    /// <summary>Adds up the lengths of nodes by source.</summary>
    public SourceLengths(IndexedNodes nodes)
    {
        int source = 0;
        long length = 0;
        for (int row = 0; row < nodes.Count; row++)
        {
            if ((nodes.Flags[row] & NodeFlags.Answer) == 0)
                continue;
            if (nodes.Sources[row] != source)
            {
                Put(source, length);
                (source, length) = (nodes.Sources[row], 0);
            }

            length += nodes.Lengths[row];
        }

        Put(source, length);
        Total = _lengths.Values.Sum();
    }

    /// <summary>Gets how many sources there are.</summary>
    public int Count => _lengths.Count;

    /// <summary>Gets the length of all of them together.</summary>
    public long Total { get; }

    /// <summary>Gets the length of a source.</summary>
    public long LengthOf(int source) => _lengths.GetValueOrDefault(source);

    private void Put(int source, long length)
    {
        if (source != 0)
            _lengths[source] = _lengths.GetValueOrDefault(source) + length;
    }
}
