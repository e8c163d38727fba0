using AgentRouter.Models;
using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies.Capability;

/// <summary>Raises what is required by how the task goes: what the request does not say, the agent's state does.</summary>
internal static class StateRequirements
{
    /// <summary>Adds the points of the task's state, up to the high end of each band.</summary>
    /// <param name="features">The step.</param>
    /// <param name="required">The required places; raised.</param>
    public static void Raise(in StepFeatures features, Span<double> required)
    {
        double checks = 0.25 * Math.Min(features.ChecksFailedInARow, 3);
        double errors = 0.2 * Math.Min(features.RecentToolErrors, 3);
        double repeats = 0.2 * Math.Min(features.RepeatedToolCalls, 2);
        double offered = features.ToolCount switch { 0 => 0, <= 10 => 0.1, _ => 0.2 };
        double results = features.ToolResultCount >= 8 ? 0.1 : 0;
        Add(required, Strength.Reasoning, checks + repeats);
        Add(required, Strength.Code, checks);
        Add(required, Strength.Debugging, checks + errors / 2);
        Add(required, Strength.Tools, checks + errors + repeats + offered + results);
    }

    private static void Add(Span<double> required, Strength strength, double points) =>
        required[(int)strength] = Math.Min(1, required[(int)strength] + points);
}
