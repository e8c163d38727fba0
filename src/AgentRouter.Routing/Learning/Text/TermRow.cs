namespace AgentRouter.Routing.Learning.Text;

/// <summary>A sparse row: positions in a vocabulary and their weights. One object is used for many prompts.</summary>
internal sealed class TermRow
{
    // a term takes two characters of the prompt or more
    private const int MaxTerms = PromptScan.MaxCharacters;
    private const int Slots = 4_096;

    private readonly int[] _positions = new int[MaxTerms];
    private readonly float[] _weights = new float[MaxTerms];

    // where a position already is in the row: a small table stays in the processor's cache, one as large as the vocabulary does not
    private readonly (int Stamp, int At)[] _seen = new (int, int)[Slots];
    private int _stamp;

    /// <summary>Gets the number of terms.</summary>
    public int Length { get; private set; }

    /// <summary>Gets the positions in the vocabulary.</summary>
    public ReadOnlySpan<int> Positions => _positions.AsSpan(0, Length);

    /// <summary>Gets the weights.</summary>
    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, Length);

    /// <summary>Empties the row.</summary>
    public void Clear()
    {
        Length = 0;
        if (++_stamp == int.MaxValue)
        {
            Array.Clear(_seen);
            _stamp = 1;
        }
    }

    /// <summary>Counts a term once more.</summary>
    public void Count(int position)
    {
        int slot = (int)(((uint)position * 0x9E3779B1) >> 20);
        while (_seen[slot].Stamp == _stamp)
        {
            int at = _seen[slot].At;
            if (_positions[at] == position)
            {
                _weights[at]++;
                return;
            }

            slot = (slot + 1) & (Slots - 1);
        }

        _seen[slot] = (_stamp, Length);
        _positions[Length] = position;
        _weights[Length++] = 1;
    }

    /// <summary>Turns counts into weights: 1 + ln(count), times the term's own weight, and a length of one.</summary>
    public void Weigh(float[] termWeights)
    {
        double squares = 0;
        for (int i = 0; i < Length; i++)
        {
            float count = _weights[i];
            float weight = (count > 1 ? 1 + (float)Math.Log(count) : 1) * termWeights[_positions[i]];
            _weights[i] = weight;
            squares += (double)weight * weight;
        }

        if (squares == 0)
            return;
        float scale = (float)(1 / Math.Sqrt(squares));
        for (int i = 0; i < Length; i++)
            _weights[i] *= scale;
    }
}
