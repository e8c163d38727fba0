using AgentRouter.Skills.Index;
using AgentRouter.Skills.Ranking;
using AgentRouter.Skills.Text;

namespace AgentRouter.Skills.Retrieval;

/// <summary>A term of the query as an index has it, under one view.</summary>
/// <param name="Term">Its number.</param>
/// <param name="Word">A word that it was made of.</param>
/// <param name="Weight">Its weight in the query times how rare it is.</param>
/// <param name="Places">Its place in each segment; negative where it is not.</param>
internal readonly record struct TermWeights(ulong Term, string Word, float Weight, int[] Places)
{
    /// <summary>The most terms that are looked up; of a longer query the heaviest.</summary>
    private const int Most = 256;

    /// <summary>Looks the terms of a query up.</summary>
    /// <param name="index">The index.</param>
    /// <param name="weight">The view, and how much words count that are said several times.</param>
    /// <param name="terms">The terms of the query.</param>
    /// <returns>The terms that stand in any skill.</returns>
    public static List<TermWeights> Of(SkillIndex index, ViewWeight weight, IReadOnlyList<QueryTerm> terms)
    {
        var weights = new List<TermWeights>(terms.Count);
        foreach (QueryTerm term in terms)
        {
            int[] places = new int[index.Segments.Count];
            int documents = 0;
            for (int segment = 0; segment < places.Length; segment++)
            {
                places[segment] = index.Segments[segment].Terms.Find(term.Term);
                if (places[segment] >= 0)
                    documents += index.Segments[segment].Documents(weight.View, places[segment]);
            }

            if (documents == 0)
                continue;
            double idf = Math.Log(1 + (index.Count - documents + 0.5) / (documents + 0.5));
            weights.Add(new TermWeights(term.Term, term.Word, (float)(term.Weight(weight.Alpha) * idf), places));
        }

        return weights.Count <= Most ? weights : [.. weights.OrderByDescending(term => term.Weight).Take(Most)];
    }
}
