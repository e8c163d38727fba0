namespace AgentRouter.Routing.Costs;

/// <summary>Knows what each model's provider has cached of a task's prompts.</summary>
public sealed class PrefixCacheTracker;
