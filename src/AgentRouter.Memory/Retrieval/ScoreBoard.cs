using System.Buffers;
using System.Runtime.InteropServices;

namespace AgentRouter.Memory.Retrieval;

/// <summary>A number for each node that has one; the others have 0. Lent, and given back clean.</summary>
internal sealed class ScoreBoard : IDisposable
{
    private readonly List<int> _touched = [];
    private float[] _scores;

    /// <summary>Makes a board.</summary>
    /// <param name="end">The number after that of the last node.</param>
    public ScoreBoard(int end)
    {
        _scores = ArrayPool<float>.Shared.Rent(end);
        Array.Clear(_scores, 0, end);
    }

    /// <summary>Gets the nodes that have a number, in the order in which they got it.</summary>
    public ReadOnlySpan<int> Touched => CollectionsMarshal.AsSpan(_touched);

    /// <summary>Gets the number of a node.</summary>
    public float this[int id] => _scores[id];

    /// <summary>Adds to the number of a node.</summary>
    /// <param name="id">The node.</param>
    /// <param name="score">What is added, above 0.</param>
    public void Add(int id, float score)
    {
        ref float sum = ref _scores[id];
        if (sum == 0)
            _touched.Add(id);
        sum += score;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_scores.Length > 0)
            ArrayPool<float>.Shared.Return(_scores);
        _scores = [];
    }
}
