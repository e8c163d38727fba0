using AgentRouter.Statistics;

namespace AgentRouter.Routing.Evaluation.Streaming;

/// <summary>What the policies made of a stream.</summary>
/// <param name="Tasks">The tasks of one pass.</param>
/// <param name="Orders">The number of random orders.</param>
/// <param name="Warm">The tasks that the warmed policies and the frozen table began with.</param>
/// <param name="Models">The number of models.</param>
/// <param name="Sources">The number of sources that the ids tell.</param>
/// <param name="CostsKnown">Whether the table has the cost of every outcome; else only scores count.</param>
/// <param name="Policies">The policies.</param>
internal sealed record StreamFigures(int Tasks, int Orders, int Warm, int Models, int Sources, bool CostsKnown, IReadOnlyList<StreamPolicyFigures> Policies);

/// <summary>What a policy made of a stream, as means over the orders.</summary>
/// <param name="Policy">What it is called.</param>
/// <param name="Regret">How much less it earned in a pass than the best choice for each task.</param>
/// <param name="Interval">The interval of the mean regret, over orders.</param>
/// <param name="Score">The mean score of a task.</param>
/// <param name="Usd">The cost of a pass, in USD.</param>
internal sealed record StreamPolicyFigures(string Policy, double Regret, Interval Interval, double Score, double Usd);
