using AgentRouter.Pricing;

namespace AgentRouter.Routing.Evaluation.Switching;

/// <summary>Finds the best plan of a run with at most one change of models, in hindsight: it knows the whole run and all wishes.</summary>
internal static class SingleSwitch
{
    /// <summary>Searches all plans: each model first, and each step to change at, or none.</summary>
    /// <param name="replay">The run.</param>
    /// <param name="wishes">Whether the strong model is wished for each step.</param>
    /// <param name="worth">What each wish that is followed is worth.</param>
    /// <returns>The cost of the best plan, the wishes it does not follow included.</returns>
    public static Money Best(RunReplay replay, bool[] wishes, Money worth) =>
        Money.Min(Best(replay, wishes, worth, startsStrong: false), Best(replay, wishes, worth, startsStrong: true));

    private static Money Best(RunReplay replay, bool[] wishes, Money worth, bool startsStrong)
    {
        int steps = replay.Length;
        // what the second model's steps cost from each step on, once it has taken the one before
        var rest = new Money[steps + 1];
        for (int step = steps - 1; step > 0; step--)
            rest[step] = rest[step + 1] + Cost(!startsStrong, step, step - 1);
        Money before = Money.Zero, best = Money.MaxValue;
        for (int step = 0; step < steps; step++)
        {
            best = Money.Min(best, before + Cost(!startsStrong, step, RunReplay.NeverUsed) + rest[step + 1]);
            before += Cost(startsStrong, step, step == 0 ? RunReplay.NeverUsed : step - 1);
        }

        return Money.Min(best, before);

        Money Cost(bool strong, int step, int lastUse) => replay.Cost(strong, step, lastUse).Usd + (wishes[step] && !strong ? worth : Money.Zero);
    }
}
