using AgentRouter.Pricing;

namespace AgentRouter.Routing.Evaluation.Caps;

/// <summary>Replays recorded runs under a hard cap per task.</summary>
/// <remarks>
/// A run that would cost more than what is left of the cap is cut: its result is lost and what was left is spent. A completed run is
/// delivered when the verifier accepts it or when nothing could follow it; when everything was rejected, the plan says which completed
/// run is delivered. Results are exact expectations over the verifier's errors, not draws: an acceptance ends the task, so all courses
/// of a task branch off the one in which everything is rejected.
/// </remarks>
internal static class CapReplay
{
    /// <summary>Stands for no cap.</summary>
    public static Money NoCap => Money.MaxValue;

    /// <summary>Replays one task.</summary>
    /// <param name="policy">What spends.</param>
    /// <param name="table">The recorded runs.</param>
    /// <param name="row">The task.</param>
    /// <param name="cap">The most the task may cost, checks included.</param>
    /// <param name="verifier">What judges.</param>
    /// <param name="checkCost">What a judgement costs.</param>
    public static CapOutcome Run(ICapPolicy policy, CapTable table, int row, Money cap, CapVerifier verifier, Money checkCost)
    {
        double success = 0, usd = 0;
        Money most = Money.Zero;
        foreach ((double probability, CapVerifier way) in verifier.Ways())
        {
            CapOutcome outcome = Run(policy.Begin(table, row), table, row, cap, way, checkCost);
            success += probability * outcome.Success;
            usd += probability * outcome.Usd;
            most = Money.Max(most, outcome.Most);
        }

        return new CapOutcome(success, usd, most);
    }

    private static CapOutcome Run(CapPlan plan, CapTable table, int row, Money cap, CapVerifier verifier, Money checkCost)
    {
        double reached = 1, success = 0, usd = 0;
        Money spent = Money.Zero;
        int? delivered = null;
        while (plan.Next(cap - spent) is { } model)
        {
            Money cost = table.Cost(row, model);
            if (cost > cap - spent)
            {
                spent = cap;
                break;
            }

            spent += cost;
            Money left = cap - spent;
            if (checkCost > left || !plan.Verifies(left - checkCost))
            {
                delivered = model;
                break;
            }

            spent += checkCost;
            bool solved = table.Solved(row, model);
            double accepted = reached * verifier.Accepts(solved);
            if (solved)
                success += accepted;
            usd += accepted * Usd(spent);
            reached -= accepted;
            if (reached <= 0)
                return new CapOutcome(success, usd, spent);
            plan.Rejected(model);
        }

        if ((delivered ?? plan.Deliver()) is { } last && table.Solved(row, last))
            success += reached;
        return new CapOutcome(success, usd + reached * Usd(spent), spent);
    }

    private static double Usd(Money money) => (double)money.ToUsd();
}
