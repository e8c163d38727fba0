using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Evaluation.Streaming;

/// <summary>Finds where in its group a row is from: ids such as <c>dim1_mbpp_631</c> begin with it.</summary>
/// <remarks>It looks at ids only, never at outcomes.</remarks>
internal static class RowSources
{
    /// <summary>The fewest rows a source has on average: with fewer there is nothing to learn of it.</summary>
    public const int LeastRows = 20;

    private const int MostParts = 4;

    /// <summary>Gets the source of each row: the longest beginning of the ids, in parts between <c>_</c>, that leaves enough rows a source.</summary>
    /// <returns>The sources in the order of the rows; empty texts where ids have no such beginning.</returns>
    public static string[] Of(IReadOnlyList<OutcomeRow> rows)
    {
        string[] sources = [.. rows.Select(_ => "")];
        for (int parts = 1; parts <= MostParts; parts++)
        {
            string[] longer = [.. rows.Select(row => Beginning(row.Id, parts))];
            int distinct = longer.Distinct().Count();
            if (distinct * LeastRows > rows.Count)
                break;
            sources = longer;
        }

        return sources;
    }

    private static string Beginning(string id, int parts)
    {
        int end = -1;
        for (int part = 0; part < parts; part++)
        {
            int next = id.IndexOf('_', end + 1);
            if (next < 0)
                return id;
            end = next;
        }

        return id[..end];
    }
}
