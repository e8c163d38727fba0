using AgentRouter.Pricing;
using AgentRouter.Routing.Policies.Boundary.Model;
using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies.Boundary;

/// <summary>Finds the candidates that stand for the rungs of a trained ladder.</summary>
internal static class BoundaryLadder
{
    /// <summary>Finds each rung's candidate: the model of its name, else the first of its tier, else the one at its place between the
    /// least and the most capable tier.</summary>
    /// <param name="rungs">The rungs.</param>
    /// <param name="candidates">The candidates, from the least to the most capable.</param>
    /// <param name="at">Takes each rung's index among the candidates; -1 where a dearer rung has the same one.</param>
    public static void Match(IReadOnlyList<BoundaryRung> rungs, IReadOnlyList<Candidate> candidates, Span<int> at)
    {
        for (int rung = 0; rung < at.Length; rung++)
        {
            at[rung] = Named(candidates, rungs[rung].Name);
            if (at[rung] < 0)
                at[rung] = Tiered(candidates, rungs[rung].Tier);
            if (at[rung] < 0)
                at[rung] = Placed(candidates, rung, at.Length);
        }

        for (int rung = 0; rung < at.Length - 1; rung++)
        {
            if (at[(rung + 1)..].Contains(at[rung]))
                at[rung] = -1;
        }
    }

    /// <summary>Computes what each rung's candidate costs over what the rung cost in training.</summary>
    public static double[] Scale(IReadOnlyList<BoundaryRung> rungs, IReadOnlyList<Candidate> candidates, ReadOnlySpan<int> at)
    {
        var scale = new double[rungs.Count];
        for (int rung = 0; rung < scale.Length; rung++)
        {
            scale[rung] = 1;
            if (at[rung] >= 0 && rungs[rung].UsdPerMillionTokens is > 0 and { } then)
                scale[rung] = PriceOf(candidates[at[rung]].Model.Profile.Prices) / then;
        }

        return scale;
    }

    /// <summary>Computes what a dollar of training is now: 1 where the models are those of training. Where others stand in, steps are taken
    /// to cost what their calls are expected to, so that a policy that was trained on long prompts plans for short ones too.</summary>
    public static double Unit(
        BoundaryClass of, IReadOnlyList<double> scale, IReadOnlyList<BoundaryRung> rungs, IReadOnlyList<Candidate> candidates, ReadOnlySpan<int> at)
    {
        double now = 0, then = 0;
        bool isSame = true;
        for (int rung = 0; rung < rungs.Count; rung++)
        {
            if (at[rung] < 0)
                continue;
            Candidate candidate = candidates[at[rung]];
            isSame &= candidate.Model.Profile.Name == rungs[rung].Name;
            now += (double)candidate.ExpectedFreshCost.ToUsd() * Math.Max(1, of.Calls[rung]);
            then += of.MeanCost(rung) * scale[rung];
        }

        return isSame || now <= 0 || then <= 0 ? 1 : now / then;
    }

    /// <summary>Computes a model's price of tokens in general, in USD per million.</summary>
    public static double PriceOf(ModelPrices prices) =>
        (double)prices.Input * (1 - BoundaryDefaults.OutputShare) + (double)prices.Output * BoundaryDefaults.OutputShare;

    private static int Named(IReadOnlyList<Candidate> candidates, string name)
    {
        for (int i = 0; i < candidates.Count; i++)
        {
            if (candidates[i].Model.Profile.Name == name)
                return i;
        }

        return -1;
    }

    private static int Tiered(IReadOnlyList<Candidate> candidates, string? tier)
    {
        for (int i = 0; tier is not null && i < candidates.Count; i++)
        {
            if (candidates[i].Model.Profile.Tier == tier)
                return i;
        }

        return -1;
    }

    private static int Placed(IReadOnlyList<Candidate> candidates, int rung, int rungs)
    {
        int tiers = candidates[0].Model.Tiers.Count;
        int wanted = (int)Math.Round((double)rung * (tiers - 1) / (rungs - 1));
        for (int i = 0; i < candidates.Count; i++)
        {
            if (candidates[i].Model.TierRank >= wanted)
                return i;
        }

        return candidates.Count - 1;
    }
}
