using AgentRouter.Models;

namespace AgentRouter.Routing.Evaluation.Switching;

/// <summary>The two models that a replay chooses between, and the time from call to call where a run does not record it.</summary>
internal sealed record SwitchPair(ModelProfile Weak, ModelProfile Strong, TimeSpan Gap)
{
    /// <summary>Gets a model.</summary>
    public ModelProfile Of(bool strong) => strong ? Strong : Weak;
}
