using AgentRouter.Skills.Text;

namespace AgentRouter.Skills.Ranking;

/// <summary>One way to score documents by the words of a query: BM25 over weighted fields.</summary>
/// <remarks>
/// A document's score is the sum over the query's terms of <c>q · idf · tf (k1 + 1) / (tf + k1)</c>, where <c>tf</c> is the sum over the parts of
/// <c>weight · count / (1 − b + b · length / mean length)</c> and <c>idf = ln(1 + (N − n + ½) / (n + ½))</c> with <c>n</c> the documents that have
/// the term in a field of the view. S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009 (BM25F).
/// </remarks>
/// <param name="Name">Its name, for people.</param>
/// <param name="K1">How fast more occurrences stop counting.</param>
/// <param name="Parts">Its parts.</param>
internal sealed record RankingView(string Name, double K1, params IReadOnlyList<ViewPart> Parts)
{
    /// <summary>Gets how the words were stemmed whose terms it looks at.</summary>
    public StemKind Stems { get; init; }

    /// <summary>Gets the fields of all parts, a bit each.</summary>
    public int Fields { get; } = Parts.Aggregate(0, (fields, part) => fields | part.Fields);
}

/// <summary>Fields that count alike and share one length.</summary>
/// <param name="Fields">The fields, a bit each.</param>
/// <param name="Weight">What an occurrence counts.</param>
/// <param name="B">How much longer fields count less, from 0 to 1.</param>
internal sealed record ViewPart(int Fields, double Weight, double B)
{
    /// <summary>Makes a part of some fields.</summary>
    public static ViewPart Of(double weight, double b, params ReadOnlySpan<SkillField> fields)
    {
        int mask = 0;
        foreach (SkillField field in fields)
            mask |= 1 << (int)field;
        return new ViewPart(mask, weight, b);
    }
}
