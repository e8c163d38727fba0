using System.Numerics;

namespace AgentRouter.Skills.Index;

/// <summary>Walks over the documents that have a term.</summary>
internal ref struct PostingCursor(ReadOnlySpan<byte> list)
{
    private readonly ReadOnlySpan<byte> _list = list;
    private int _next;
    private int _counts;

    /// <summary>Gets the document.</summary>
    public int Document { get; private set; } = -1;

    /// <summary>Gets the fields of the document that the term stands in, a bit each.</summary>
    public int Fields { get; private set; }

    /// <summary>Gets the encoded counts of the term, with the mark of its fields before them.</summary>
    public readonly ReadOnlySpan<byte> Counts => _list[_counts.._next];

    /// <summary>Goes to the next document.</summary>
    public bool MoveNext()
    {
        if (_next == _list.Length)
            return false;
        Document += (int)VarInt.Read(_list, ref _next) + 1;
        _counts = _next;
        Fields = _list[_next];
        _next = EndOfCounts(_list, _next);
        return true;
    }

    /// <summary>Goes to the next document, and reads how often the term stands in each field that it stands in; others are left alone.</summary>
    public bool MoveNext(scoped Span<int> counts)
    {
        if (_next == _list.Length)
            return false;
        Document += (int)VarInt.Read(_list, ref _next) + 1;
        _counts = _next;
        Fields = _list[_next++];
        for (int fields = Fields; fields != 0; fields &= fields - 1)
            counts[BitOperations.TrailingZeroCount(fields)] = (int)VarInt.Read(_list, ref _next);
        return true;
    }

    /// <summary>Finds the end of encoded counts.</summary>
    public static int EndOfCounts(ReadOnlySpan<byte> bytes, int at)
    {
        for (int left = BitOperations.PopCount((uint)bytes[at++]); left > 0; left--)
        {
            while (bytes[at++] >= 0x80)
            {
            }
        }

        return at;
    }
}
