namespace AgentRouter.Routing.Policies.Rules;

internal static class RulesDefaults
{
    public const string Name = "rules";
    public const string NoRuleReason = "no rule holds";
}
