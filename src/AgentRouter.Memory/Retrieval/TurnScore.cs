namespace AgentRouter.Memory.Retrieval;

/// <summary>Weighs what speaks for a turn.</summary>
/// <remarks>The weights that come with the package are set by hand, and round: what a turn and its context hold of the question decides, and everything else moves it up by
/// less than one more word of a short question would. docs/memory.md has what each part adds.</remarks>
internal sealed record TurnScore
{
    /// <summary>Gets the names of the weights, in the order of <see cref="Weights"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["evidence", "source", "speaker", "namesTime", "saidThen", "happenedThen", "givesReason", "meaning"];

    /// <summary>Gets what the question's words count: twice their share, so that a turn that holds all of it by itself has 1.</summary>
    public float Evidence { get; init; } = 2;

    /// <summary>Gets what it counts that the conversation is about it.</summary>
    public float Source { get; init; } = 0.3f;

    /// <summary>Gets what the speaker counts: who said it is half of an answer, and one that is said by somebody else is seldom the right one.</summary>
    public float Speaker { get; init; } = 0.25f;

    /// <summary>Gets what it counts that a time is asked for, and here is one.</summary>
    public float NamesTime { get; init; } = 0.25f;

    /// <summary>Gets what it counts that it was said when the question says: a date excludes nearly everything.</summary>
    public float SaidThen { get; init; } = 0.5f;

    /// <summary>Gets what it counts that it speaks of the time that the question names.</summary>
    public float HappenedThen { get; init; } = 0.15f;

    /// <summary>Gets what it counts that a reason is asked for, and here is one.</summary>
    public float GivesReason { get; init; } = 0.15f;

    /// <summary>Gets what it counts that it says the same in other words.</summary>
    public float Meaning { get; init; } = 0.3f;

    /// <summary>Gets the weights, in the order of <see cref="Names"/>.</summary>
    public double[] Weights => [Evidence, Source, Speaker, NamesTime, SaidThen, HappenedThen, GivesReason, Meaning];

    /// <summary>Makes one of weights by name; those that are not named are the ones set by hand.</summary>
    public static TurnScore Of(IReadOnlyDictionary<string, double> weights)
    {
        var hand = new TurnScore();
        float[] values = [.. Names.Zip(hand.Weights, (name, own) => (float)weights.GetValueOrDefault(name, own))];
        return new TurnScore { Evidence = values[0], Source = values[1], Speaker = values[2], NamesTime = values[3], SaidThen = values[4], HappenedThen = values[5], GivesReason = values[6], Meaning = values[7] };
    }

    /// <summary>Gets what speaks for a turn as numbers, in the order of <see cref="Names"/>.</summary>
    public static double[] Numbers(in NodeFeatures features) =>
        [features.Evidence, features.Source, features.Speaker, features.NamesTime, features.SaidThen, features.HappenedThen, features.GivesReason, features.Meaning];

    /// <summary>Computes the score of a turn.</summary>
    /// <param name="features">What speaks for it.</param>
    /// <param name="parts">The parts of the ranking.</param>
    public float Of(in NodeFeatures features, RankingParts parts)
    {
        float score = Evidence * features.Evidence + Source * features.Source;
        if (parts.HasFlag(RankingParts.Intent))
            score += Speaker * features.Speaker + NamesTime * features.NamesTime + SaidThen * features.SaidThen + HappenedThen * features.HappenedThen + GivesReason * features.GivesReason;
        return parts.HasFlag(RankingParts.Meaning) ? score + Meaning * features.Meaning : score;
    }
}
