using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies;

/// <summary>Finds the candidate that a policy means by a tier.</summary>
internal static class TierChoice
{
    /// <summary>Chooses a tier's first model; where none can take the step, the nearest more capable one, else the most capable.</summary>
    public static PolicyChoice Of(IReadOnlyList<Candidate> candidates, string tier, string reason)
    {
        for (int i = 0; i < candidates.Count; i++)
        {
            if (candidates[i].Model.Profile.Tier == tier)
                return new PolicyChoice(candidates[i], reason);
        }

        int rank = RankOf(candidates, tier);
        Candidate nearest = candidates[^1];
        for (int i = candidates.Count - 1; i >= 0; i--)
        {
            if (rank >= 0 && candidates[i].Model.TierRank > rank)
                nearest = candidates[i];
        }

        return new PolicyChoice(nearest, $"{reason}; no model of tier '{tier}' can take the step");
    }

    /// <summary>Chooses the least capable model.</summary>
    public static PolicyChoice Smallest(IReadOnlyList<Candidate> candidates, string reason) => new(candidates[0], reason);

    /// <summary>Chooses the first model of the most capable tier.</summary>
    public static PolicyChoice Largest(IReadOnlyList<Candidate> candidates, string reason)
    {
        int at = candidates.Count - 1;
        while (at > 0 && candidates[at - 1].Model.TierRank == candidates[at].Model.TierRank)
            at--;
        return new PolicyChoice(candidates[at], reason);
    }

    /// <summary>Finds the candidate with a model's name.</summary>
    public static Candidate? Named(IReadOnlyList<Candidate> candidates, string model)
    {
        for (int i = 0; i < candidates.Count; i++)
        {
            if (candidates[i].Model.Profile.Name == model)
                return candidates[i];
        }

        return null;
    }

    private static int RankOf(IReadOnlyList<Candidate> candidates, string tier)
    {
        IReadOnlyList<string> tiers = candidates[0].Model.Tiers;
        for (int i = 0; i < tiers.Count; i++)
        {
            if (tiers[i] == tier)
                return i;
        }

        return -1;
    }
}
