using AgentRouter.Models;
using AgentRouter.Routing.Health;
using AgentRouter.Steps;

namespace AgentRouter.Routing.Gates;

/// <summary>What a model must pass before any policy is asked.</summary>
internal static class CandidateGates
{
    public static GateReason? Check(ModelEntry model, StepIdentity identity, in StepFeatures features, long promptBound, IReadOnlyList<string>? tiers, ModelHealth health)
    {
        ModelProfile profile = model.Profile;
        if (!Allows(tiers, profile.Tier) || !Allows(identity.AllowedTiers, profile.Tier))
            return GateReason.TierNotAllowed;
        if (features.ToolCount > 0 && !profile.Capabilities.HasFlag(ModelCapabilities.Tools))
            return GateReason.Tools;
        if (features.HasImages && !profile.Capabilities.HasFlag(ModelCapabilities.Vision))
            return GateReason.Vision;
        // a byte bound is several times the real count: gating on it would turn away prompts that fit
        if (promptBound * model.TokenCounter.TypicalShare >= profile.ContextWindow)
            return GateReason.ContextWindow;
        return health.IsWell(profile.Name) ? null : GateReason.Health;
    }

    private static bool Allows(IReadOnlyList<string>? tiers, string tier)
    {
        if (tiers is null)
            return true;
        for (int i = 0; i < tiers.Count; i++)
        {
            if (tiers[i] == tier)
                return true;
        }

        return false;
    }
}
