namespace AgentRouter.Bench.Gym;

/// <summary>A task of several steps that must all be right; how many is hidden from policies.</summary>
internal sealed record GymTask(GymStep[] Steps)
{
    private const int LeastSteps = 5;
    private const int MostSteps = 11;

    /// <summary>Makes tasks and lets every solver work on each of their steps.</summary>
    public static GymTask[] Make(IGymGame game, int count, int seed)
    {
        var random = new Random(seed);
        var tasks = new GymTask[count];
        for (int i = 0; i < count; i++)
            tasks[i] = new GymTask([.. Enumerable.Range(0, random.Next(LeastSteps, MostSteps + 1)).Select(_ => game.Play(random))]);
        return tasks;
    }

    /// <summary>Works on the task with a policy.</summary>
    /// <param name="choose">The policy: the solver to try, or -1 to stop.</param>
    /// <param name="costs">What each solver costs.</param>
    /// <param name="cap">The budget, which is never passed.</param>
    /// <param name="isVerified">Whether a wrong step is seen at once and may be tried with another solver.</param>
    /// <returns>Whether all steps were right, and what was spent.</returns>
    public (bool Succeeded, double Spent) Run(Func<GymState, int> choose, double[] costs, double cap, bool isVerified)
    {
        double left = cap;
        bool right = true;
        for (int step = 0; step < Steps.Length; step++)
        {
            int failed = 0;
            bool done = false;
            while (!done)
            {
                int solver = choose(new GymState(step + 1, left, Steps[step].Look, failed));
                if (solver < 0 || costs[solver] > left + 1e-9)
                    return (false, cap - left);
                left -= costs[solver];
                done = Steps[step].Right[solver] || !isVerified;
                right &= Steps[step].Right[solver] || isVerified;
                failed |= 1 << solver;
            }
        }

        return (right, cap - left);
    }
}
