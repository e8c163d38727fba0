using AgentRouter.Routing.Policies.Capability.Model;
using AgentRouter.Routing.PolicyFiles;

namespace AgentRouter.Routing.Policies.Capability.Training;

/// <summary>What came of training.</summary>
/// <param name="Model">The model.</param>
/// <param name="Card">Its card.</param>
/// <param name="Figures">The figures, those of the policy as it is trained first.</param>
/// <param name="Singles">Each single model, the best first.</param>
/// <param name="CostUnit">What is counted as cost.</param>
/// <param name="Rows">The rows.</param>
internal sealed record CapabilityTrained(
    CapabilityModel Model, PolicyCard Card, IReadOnlyList<CapabilityFigures> Figures, IReadOnlyList<SingleModel> Singles, string CostUnit, int Rows)
{
    /// <summary>Gets whether the policy is worth having: at the same cost it is better than its baselines.</summary>
    public bool BeatsBaselines => Figures[0].BeatsBaselines;
}
