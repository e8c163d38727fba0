namespace AgentRouter.Skills.Feedback;

/// <summary>What verified work has shown of one skill: the words of the tasks it was right for, less those of the tasks it was wrong for. Not thread-safe.</summary>
/// <remarks>A moving mean of task vectors with the sign of the verdict (J. Rocchio, "Relevance feedback in information retrieval", 1971). Its length stays within 1, so
/// what it says of a task stays between −1 and 1. With time it goes back to nothing.</remarks>
internal sealed class SkillRecord
{
    private Dictionary<ulong, double> _terms;

    public SkillRecord(DateTimeOffset now) => (_terms, At) = ([], now);

    public SkillRecord(int right, int wrong, DateTimeOffset at, Dictionary<ulong, double> terms) => (Right, Wrong, At, _terms) = (right, wrong, at, terms);

    /// <summary>Gets how often its work was found right.</summary>
    public int Right { get; private set; }

    /// <summary>Gets how often its work was found wrong.</summary>
    public int Wrong { get; private set; }

    /// <summary>Gets when it was last verified.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Gets the weights of terms.</summary>
    public IReadOnlyDictionary<ulong, double> Terms => _terms;

    /// <summary>Gets what is known for a task, from −1 to 1.</summary>
    public double Of(IReadOnlyDictionary<ulong, double> task, DateTimeOffset now)
    {
        double length = Length;
        double shown = TaskTerms.Dot(task, _terms);
        // whether the tasks are alike is one question, how much was shown by them another
        return length == 0 || Math.Abs(shown) / length < FeedbackDefaults.LeastLikeness ? 0 : Math.Clamp(shown * Worn(now), -1, 1);
    }

    /// <summary>Takes the verdict on a use.</summary>
    public void Learn(IReadOnlyDictionary<ulong, double> task, bool right, DateTimeOffset now)
    {
        double keep = Worn(now) * (1 - FeedbackDefaults.Evaporation), add = right ? FeedbackDefaults.Evaporation : -FeedbackDefaults.Evaporation;
        Dictionary<ulong, double> terms = _terms.ToDictionary(term => term.Key, term => term.Value * keep);
        foreach ((ulong term, double weight) in task)
            terms[term] = terms.GetValueOrDefault(term) + add * weight;
        _terms = terms.Count <= FeedbackDefaults.MostTerms
            ? terms
            : terms.OrderByDescending(term => Math.Abs(term.Value)).ThenBy(term => term.Key).Take(FeedbackDefaults.MostTerms).ToDictionary();
        At = now > At ? now : At;
        if (right)
            Right++;
        else
            Wrong++;
    }

    private double Length => Math.Sqrt(_terms.Values.Sum(weight => weight * weight));

    private double Worn(DateTimeOffset now) => now <= At ? 1 : Math.Pow(0.5, (now - At) / FeedbackDefaults.HalfLife);
}
