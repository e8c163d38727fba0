namespace AgentRouter.Workflows.Preferences;

/// <summary>What is known of the candidates of a route node when it chooses.</summary>
/// <param name="Preferences">The preference of each candidate.</param>
/// <param name="IsLearned">Whether each was ever verified.</param>
/// <param name="Choices">How many choices the node has made for tasks of this kind.</param>
internal sealed record PreferenceRow(IReadOnlyList<double> Preferences, IReadOnlyList<bool> IsLearned, int Choices);
