using AgentRouter.Pricing;

namespace AgentRouter.Routing.Evaluation.Caps;

/// <summary>A way to spend a capped amount on one task. The replay asks what to run next and tells what came of it.</summary>
/// <remarks>Only the course in which every judgement is a rejection is told: an acceptance ends the task.</remarks>
internal abstract class CapPlan
{
    /// <summary>Gets the model to run next, or <see langword="null"/> to stop.</summary>
    /// <param name="left">What is left of the cap.</param>
    public abstract int? Next(Money left);

    /// <summary>Gets whether the run that has just been completed is worth a check; without one it is delivered.</summary>
    /// <param name="left">What is left of the cap after the check.</param>
    public abstract bool Verifies(Money left);

    /// <summary>Notes that a run was completed and rejected.</summary>
    public abstract void Rejected(int model);

    /// <summary>Gets whose result is delivered when nothing was accepted, or <see langword="null"/> when no run was completed.</summary>
    public abstract int? Deliver();
}
