using AgentRouter.Skills.Text;

namespace AgentRouter.Skills.Feedback;

/// <summary>The terms of a task as a vector of length 1, by their numbers: no word of a task is kept anywhere.</summary>
internal static class TaskTerms
{
    /// <summary>Reads a task; empty where it has no term.</summary>
    public static IReadOnlyDictionary<ulong, double> Of(string task)
    {
        IReadOnlyList<QueryTerm> terms = QueryTerms.Of(task, StemKind.Plural);
        double length = Math.Sqrt(terms.Sum(term => Math.Pow(term.Weight(FeedbackDefaults.Alpha), 2)));
        return terms.ToDictionary(term => term.Term, term => term.Weight(FeedbackDefaults.Alpha) / length);
    }

    /// <summary>Multiplies two vectors.</summary>
    public static double Dot(IReadOnlyDictionary<ulong, double> task, IReadOnlyDictionary<ulong, double> known)
    {
        double sum = 0;
        foreach ((ulong term, double weight) in task)
            sum += weight * known.GetValueOrDefault(term);
        return sum;
    }
}
