using AgentRouter.Statistics;

namespace AgentRouter.Routing.Evaluation.Stages;

/// <summary>What choosing the arm of each group made of runs in stages.</summary>
/// <param name="Runs">The number of runs.</param>
/// <param name="Arms">The number of arms.</param>
/// <param name="FewestRuns">The fewest runs of an arm in a group.</param>
/// <param name="MostRuns">The most.</param>
/// <param name="Folds">The number of folds.</param>
/// <param name="Policies">The policies.</param>
/// <param name="Chosen">The arm that all runs together choose for each group, with how many runs it has.</param>
internal sealed record StageFigures(
    int Runs, int Arms, int FewestRuns, int MostRuns, int Folds, IReadOnlyList<StagePolicyFigures> Policies, IReadOnlyList<(string Group, string Arm, int Runs)> Chosen);

/// <summary>What a policy made of held-out repetitions: the means over groups.</summary>
/// <param name="Policy">What it is called.</param>
/// <param name="Score">The mean score.</param>
/// <param name="ScoreInterval">Its interval, over repetitions.</param>
/// <param name="Usd">The mean cost of a run, in USD.</param>
/// <param name="CostShare">The cost as a share of the strongest arm's.</param>
/// <param name="CostShareInterval">Its interval, over repetitions.</param>
/// <param name="Gain">The score above the strongest arm's.</param>
/// <param name="GainInterval">Its interval, over repetitions.</param>
/// <param name="WithoutRuns">The choices, one a group and fold, that no held-out run made: nothing is known of them.</param>
internal sealed record StagePolicyFigures(
    string Policy, double Score, Interval ScoreInterval, double Usd, double CostShare, Interval CostShareInterval, double Gain, Interval GainInterval, int WithoutRuns);
