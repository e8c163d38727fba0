using System.Runtime.CompilerServices;
using AgentRouter.Language;
using AgentRouter.Skills.Text;

namespace AgentRouter.Skills.Index;

/// <summary>Counts the terms of one document after the other. Not safe for threads: each has its own.</summary>
internal sealed class TermCounter
{
    private const int FirstCapacity = 2_048;
    private const int Fields = DocumentTerms.MaxFields;

    private ulong[] _keys = new ulong[FirstCapacity];
    private int[] _counts = new int[FirstCapacity * Fields];
    private readonly int[] _lengths = new int[Fields];
    private readonly BodySketcher _sketcher = new();
    private int _terms;
    private byte[] _bytes = new byte[FirstCapacity];

    /// <summary>Counts a text.</summary>
    /// <param name="field">The field that it belongs to.</param>
    /// <param name="text">The text.</param>
    /// <param name="kinds">How its words are stemmed; with several each word counts as one of each.</param>
    public void Add(int field, ReadOnlySpan<char> text, ReadOnlySpan<StemKind> kinds)
    {
        for (int i = 0; i < kinds.Length; i++)
        {
            var visitor = new Visitor(this, field, kinds[i], isFirst: i == 0);
            TermReader.Read(text, kinds[i], ref visitor);
        }
    }

    /// <summary>Takes what was counted, and starts anew.</summary>
    public DocumentTerms Take()
    {
        var terms = new ulong[_terms];
        for (int slot = 0, next = 0; next < terms.Length; slot++)
        {
            if (_keys[slot] != 0)
                terms[next++] = _keys[slot];
        }

        Array.Sort(terms);
        int length = 0;
        foreach (ulong term in terms)
        {
            Span<int> counts = _counts.AsSpan(Slot(term) * Fields, Fields);
            length = Write(length, counts);
            counts.Clear();
        }

        var document = new DocumentTerms { Terms = terms, Counts = _bytes[..length], Lengths = [.. _lengths], Sketch = _sketcher.Take() };
        Array.Clear(_keys);
        Array.Clear(_lengths);
        _terms = 0;
        return document;
    }

    private int Write(int at, ReadOnlySpan<int> counts)
    {
        if (_bytes.Length - at < 1 + Fields * VarInt.MaxLength)
            Array.Resize(ref _bytes, _bytes.Length * 2);
        int mask = at++;
        _bytes[mask] = 0;
        for (int field = 0; field < Fields; field++)
        {
            if (counts[field] == 0)
                continue;
            _bytes[mask] |= (byte)(1 << field);
            at = VarInt.Write(_bytes, at, (uint)counts[field]);
        }

        return at;
    }

    private void Count(int field, ulong term)
    {
        int slot = Slot(term);
        if (_keys[slot] == 0)
        {
            if (_terms * 2 >= _keys.Length)
            {
                Grow();
                slot = Slot(term);
            }

            _keys[slot] = term;
            _terms++;
        }

        _counts[slot * Fields + field]++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Slot(ulong term)
    {
        int slot = (int)term & (_keys.Length - 1);
        while (_keys[slot] != 0 && _keys[slot] != term)
            slot = (slot + 1) & (_keys.Length - 1);
        return slot;
    }

    private void Grow()
    {
        (ulong[] keys, int[] counts) = (_keys, _counts);
        _keys = new ulong[keys.Length * 2];
        _counts = new int[counts.Length * 2];
        for (int old = 0; old < keys.Length; old++)
        {
            if (keys[old] == 0)
                continue;
            int slot = Slot(keys[old]);
            _keys[slot] = keys[old];
            counts.AsSpan(old * Fields, Fields).CopyTo(_counts.AsSpan(slot * Fields));
        }
    }

    private readonly struct Visitor(TermCounter counter, int field, StemKind kind, bool isFirst) : ITermVisitor
    {
        public void Visit(ReadOnlySpan<char> term, ReadOnlySpan<char> word, int start)
        {
            // zero marks an empty place
            ulong number = Math.Max(1, TermHash.Of(term, (int)kind));
            counter.Count(field, number);
            if (!isFirst)
                return;
            counter._lengths[field]++;
            if (field > (int)SkillField.Description)
                counter._sketcher.Add(number);
        }
    }
}
