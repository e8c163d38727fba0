namespace AgentRouter.Routing.Calls;

/// <summary>A request was sent before and nobody knows what came of it. Never leaves the router.</summary>
internal sealed class CallInDoubtException : Exception;
