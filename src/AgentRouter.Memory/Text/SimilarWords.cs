using AgentRouter.Language.Vectors;

namespace AgentRouter.Memory.Text;

/// <summary>Finds words that mean nearly the same.</summary>
internal static class SimilarWords
{
    /// <summary>Finds the terms nearest to one.</summary>
    /// <param name="term">The term.</param>
    /// <param name="least">The least cosine.</param>
    /// <param name="most">The most terms.</param>
    /// <returns>The numbers of the terms and their cosines, the nearest first; without the term itself, and nothing where it has no vector.</returns>
    public static IReadOnlyList<(ulong Term, float Cosine)> Of(ulong term, float least, int most)
    {
        int wanted = WordVectors.RowOf(term);
        if (wanted < 0)
            return [];
        Int8Rows rows = WordVectors.Rows;
        var found = new List<(int Row, float Cosine)>();
        for (int row = 0; row < rows.Count; row++)
        {
            float cosine = Int8Scan.Dot(rows[row], rows[wanted]) * rows.InverseLengths[row] * rows.InverseLengths[wanted];
            if (cosine > least && row != wanted)
                found.Add((row, cosine));
        }

        return [.. found.OrderByDescending(each => each.Cosine).Take(most).Select(each => (WordVectors.TermAt(each.Row), each.Cosine))];
    }
}
