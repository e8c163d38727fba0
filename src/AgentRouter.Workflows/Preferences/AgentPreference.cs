namespace AgentRouter.Workflows.Preferences;

/// <summary>What was learned of one way from a route node to an agent, for one kind of task.</summary>
/// <param name="Kind">The kind of task.</param>
/// <param name="From">The route node.</param>
/// <param name="To">The agent, or <c>skip</c>.</param>
/// <param name="Preference">The preference, from 0 to 2: 0 never works, 1 always works at the average cost of the node's agents.</param>
/// <param name="Chosen">How often it was chosen.</param>
/// <param name="Right">How often its work was verified and found right.</param>
/// <param name="Wrong">How often its work was verified and found wrong.</param>
/// <param name="Usd">What a verified use costs, in USD: a mean in which the latest uses count most.</param>
/// <param name="At">When it was last chosen or verified.</param>
public sealed record AgentPreference(string Kind, string From, string To, double Preference, int Chosen, int Right, int Wrong, double Usd, DateTimeOffset At);
