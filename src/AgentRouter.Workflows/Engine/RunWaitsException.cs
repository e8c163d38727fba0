namespace AgentRouter.Workflows.Engine;

/// <summary>A person must answer before the work can go on, and nobody can be asked now.</summary>
internal sealed class RunWaitsException(string reason) : Exception(reason);
