namespace AgentRouter.Routing.Learning.Text;

/// <summary>A sparse row: positions in a vocabulary and their weights. One object is used for many prompts.</summary>
internal sealed class TermRow
{
    private readonly int[] _positions = new int[PromptScan.MaxCharacters + 2];
    private readonly float[] _weights = new float[PromptScan.MaxCharacters + 2];
    private readonly int[] _slots;
    private readonly int[] _stamps;
    private int _stamp;

    /// <summary>Makes a row.</summary>
    /// <param name="terms">The size of the vocabulary.</param>
    public TermRow(int terms)
    {
        _slots = new int[terms];
        _stamps = new int[terms];
    }

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
            Array.Clear(_stamps);
            _stamp = 1;
        }
    }

    /// <summary>Counts a term once more.</summary>
    public void Count(int position)
    {
        if (_stamps[position] == _stamp)
        {
            _weights[_slots[position]]++;
            return;
        }

        _stamps[position] = _stamp;
        _slots[position] = Length;
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
