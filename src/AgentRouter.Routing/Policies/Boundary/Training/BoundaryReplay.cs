using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Policies.Boundary.Training;

/// <summary>Plays recorded tasks under a hard cap: a step whose recorded cost passes what is left is cut and the task lost.</summary>
internal static class BoundaryReplay
{
    /// <summary>Chooses a rung, or -1 to stop.</summary>
    /// <param name="step">The step, from 1.</param>
    /// <param name="left">The money left, in USD.</param>
    /// <param name="row">The step's row; its outcomes are not to be looked at.</param>
    /// <param name="failed">The rungs that have failed at the step, as bits.</param>
    internal delegate int Choose(int step, double left, OutcomeRow row, int failed);

    /// <summary>Plays a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="models">The ladder.</param>
    /// <param name="cap">The most it may cost.</param>
    /// <param name="isVerified">Whether a wrong step is seen and may be tried again with another rung.</param>
    /// <param name="choose">The policy.</param>
    /// <returns>Whether every step was right, and what was spent: never more than the cap.</returns>
    public static (bool Succeeded, Money Spent) Play(RecordedTask task, IReadOnlyList<string> models, Money cap, bool isVerified, Choose choose)
    {
        Money left = cap;
        bool right = true;
        for (int step = 0; step < task.Steps.Count; step++)
        {
            OutcomeRow row = task.Steps[step];
            int failed = 0;
            while (true)
            {
                int rung = choose(step + 1, (double)left.ToUsd(), row, failed);
                if (rung < 0)
                    return (false, cap - left);
                ModelOutcome outcome = row.Models[models[rung]];
                Money cost = outcome.Cost ?? Money.Zero;
                if (cost > left)
                    return (false, cap);
                left -= cost;
                failed |= 1 << rung;
                if (outcome.Score >= Evaluation.Ceiling.Solved)
                    break;
                if (isVerified && failed != (1 << models.Count) - 1)
                    continue;
                right = false;
                break;
            }
        }

        return (right, cap - left);
    }
}
