namespace AgentRouter.Routing.Policies.Boundary;

internal static class BoundaryDefaults
{
    public const string Name = "boundary";

    /// <summary>The policy file in the package.</summary>
    public const string ShippedFile = "AgentRouter.Routing.Policies.Boundary.default.policy.json";

    /// <summary>Agents read far more than they write; a price of tokens in general is mostly that of the prompt.</summary>
    public const double OutputShare = 0.1;
}
