namespace AgentRouter.Routing.Policies.FirstLarge;

internal static class FirstLargeDefaults
{
    public const string Name = "first-large";

    /// <summary>Enough for a plan and a first look around; the share of a typical agent run is about a tenth.</summary>
    public const int Calls = 3;
}
