using System.Runtime.InteropServices;
using AgentRouter.Memory.Index;
using AgentRouter.Memory.Retrieval;

namespace AgentRouter.Memory.Embeddings;

/// <summary>How near the meaning of a question is to that of each node that has a vector.</summary>
internal sealed class EmbeddedQuestion
{
    /// <summary>How much more a cosine of sentences says than one of sums of words, which knows neither their order nor what else they can mean: twice.</summary>
    public const float Trust = 2;

    private readonly EmbeddedRows _rows;
    private readonly float[] _cosines;

    /// <summary>Compares.</summary>
    /// <param name="rows">The vectors of answers.</param>
    /// <param name="vector">The question's.</param>
    public EmbeddedQuestion(EmbeddedRows rows, ReadOnlySpan<float> vector) => (_rows, _cosines) = (rows, rows.Compare(vector));

    /// <summary>Gets how near a node is: a cosine; <see langword="null"/> for one without a vector.</summary>
    public float? Nearness(int id) => _cosines.Length > 0 && _rows.RowOf(id) is >= 0 and var row ? _cosines[row] : null;

    /// <summary>Finds the nearest nodes, by comparing all.</summary>
    /// <param name="index">The index.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="includeSuperseded">Whether nodes that hold no longer are found too.</param>
    /// <returns>The nodes, the nearest first; none that is not nearer than texts are at random.</returns>
    public IReadOnlyList<int> Nearest(MemoryIndex index, int count, bool includeSuperseded)
    {
        NodeFlags unwanted = includeSuperseded ? NodeFlags.Missing : NodeFlags.Missing | NodeFlags.Superseded;
        var rows = new List<int>();
        for (int row = 0; row < _cosines.Length && _rows.Ids[row] < index.EndId; row++)
        {
            if (_cosines[row] > 0 && (index.FlagsOf(_rows.Ids[row]) & unwanted) == 0)
                rows.Add(row);
        }

        return [.. TopNodes.Of(CollectionsMarshal.AsSpan(rows), row => _cosines[row], count).Select(row => _rows.Ids[row])];
    }
}
