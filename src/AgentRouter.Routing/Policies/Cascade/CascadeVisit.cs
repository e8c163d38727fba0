using AgentRouter.Pricing;
using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies.Cascade;

/// <summary>A node's visit: all its calls stay on one rung, so that the provider's prompt cache is kept.</summary>
/// <param name="number">The visit's number.</param>
/// <param name="features">The step that began it.</param>
/// <param name="target">The rung that the checks so far ask for, from 0; past the ladder when all have failed.</param>
/// <param name="place">The place of the rung it was given.</param>
/// <param name="rung">The rung it was given, as the ladder names it.</param>
/// <param name="key">The same as statistics know it.</param>
/// <param name="reason">Why.</param>
internal sealed class CascadeVisit(int number, in StepFeatures features, int target, int place, string rung, RungKey key, string reason)
{
    private readonly int _passed = features.ChecksPassed, _failed = features.ChecksFailed;

    public int Target => target;

    public int Place => place;

    public string Rung => rung;

    public RungKey Key => key;

    public string Reason => reason;

    public Money Cost { get; private set; }

    public int Calls { get; private set; }

    /// <summary>Gets or sets a value indicating whether what came of it has been learned.</summary>
    public bool IsLearned { get; set; }

    /// <summary>Gets whether a step belongs to this visit. Outside a workflow nothing counts visits; there, each check begins another.</summary>
    public bool Holds(StepContext step) => step.Identity.Node is null
        ? step.Features.ChecksPassed == _passed && step.Features.ChecksFailed == _failed
        : step.Identity.Visit == number;

    /// <summary>Gets the rung that the next visit is asked to start at.</summary>
    public int NextTarget(in StepFeatures features)
    {
        bool failedSince = features.ChecksFailed > _failed;
        if (features.ChecksFailedInARow == 0)
            return failedSince || features.ChecksPassed > _passed ? 0 : target;
        return failedSince ? Math.Max(target + 1, features.ChecksFailedInARow) : target;
    }

    public void AddCall(Money cost)
    {
        Cost += cost;
        Calls++;
    }
}
