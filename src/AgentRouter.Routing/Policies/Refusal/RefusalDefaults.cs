namespace AgentRouter.Routing.Policies.Refusal;

internal static class RefusalDefaults
{
    public const string Name = "refusal";

    /// <summary>A single character asks for nothing; "no" and "ok" answer a question.</summary>
    public const int ShortestRequest = 2;
}
