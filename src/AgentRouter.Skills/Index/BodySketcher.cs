using AgentRouter.Language;

namespace AgentRouter.Skills.Index;

/// <summary>Makes the sketches of one text after the other, term by term.</summary>
internal sealed class BodySketcher
{
    private readonly uint[] _bins = new uint[BodySketch.Bins];
    private ulong _first;
    private ulong _second;

    /// <summary>Makes the sketcher.</summary>
    public BodySketcher() => Clear();

    /// <summary>Takes the next term.</summary>
    public void Add(ulong term)
    {
        if (_first != 0)
        {
            ulong run = TermHash.Mix(_first * 3 + _second * 5 + term * 7);
            ref uint bin = ref _bins[run % BodySketch.Bins];
            bin = Math.Min(bin, (uint)(run >> 32));
        }

        (_first, _second) = (_second, term);
    }

    /// <summary>Takes the sketch, and starts anew.</summary>
    public BodySketch Take()
    {
        var sketch = new BodySketch([.. _bins]);
        Clear();
        return sketch;
    }

    private void Clear()
    {
        Array.Fill(_bins, BodySketch.Empty);
        (_first, _second) = (0, 0);
    }
}
