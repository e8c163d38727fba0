namespace AgentRouter.Workflows.Preferences;

/// <summary>A way from a route node to an agent, for a kind of task.</summary>
internal readonly record struct PreferenceKey(string Kind, string From, string To);
