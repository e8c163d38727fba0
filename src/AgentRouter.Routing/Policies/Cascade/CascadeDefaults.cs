namespace AgentRouter.Routing.Policies.Cascade;

internal static class CascadeDefaults
{
    public const string Name = "cascade";

    /// <summary>How many verified visits the assumption about a rung weighs: enough that one failure does not end it.</summary>
    public const double PriorWeight = 4;

    /// <summary>What is assumed of a rung that nothing is known of.</summary>
    public const double PriorSuccess = 0.5;

    /// <summary>How many of the last costs of a rung are kept: a median over them follows a change of the work within some dozens of visits.</summary>
    public const int KeptCosts = 64;

    /// <summary>At how many checks of a rung all before count half.</summary>
    public const long KeptChecks = 1_000;

    /// <summary>From how many visits on their median is trusted more than the price of the coming call.</summary>
    public const int TrustedCosts = 5;
}
