using AgentRouter.Routing.Policies;
using AgentRouter.Steps;

namespace AgentRouter.Routing.Tasks;

/// <summary>What was verified of a task, or of one of its branches, and the decisions whose verification is still to come. Thread-safe.</summary>
internal sealed class TaskChecks
{
    // a task that nothing ever verifies must not keep all its decisions
    private const int MaxWaiting = 256;

    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = new();

    public int Passed { get; private set; }

    public int Failed { get; private set; }

    /// <summary>Gets how many verifications have failed since the last one that passed.</summary>
    public int FailedInARow { get; private set; }

    /// <summary>Keeps a decision until the work it was for is verified.</summary>
    public void Expect(IRoutingPolicy policy, RouteDecision decision, StepOutcome outcome)
    {
        lock (_lock)
        {
            if (_waiting.Count == MaxWaiting)
                _waiting.Dequeue();
            _waiting.Enqueue(new Waiting(policy, decision, outcome));
        }
    }

    /// <summary>Counts a verification and tells the policies what came of the decisions before it.</summary>
    public void Report(bool passed)
    {
        Waiting[] decisions;
        lock (_lock)
        {
            if (passed)
                Passed++;
            else
                Failed++;
            FailedInARow = passed ? 0 : FailedInARow + 1;
            decisions = [.. _waiting];
            _waiting.Clear();
        }

        foreach (Waiting waiting in decisions)
            waiting.Policy.Learn(waiting.Decision.Step.Identity, waiting.Decision, waiting.Outcome with { Verified = passed });
    }

    /// <summary>Hands the decisions that are still to be verified to the task that a branch belongs to.</summary>
    public void HandTo(TaskChecks task)
    {
        Waiting[] decisions;
        lock (_lock)
        {
            decisions = [.. _waiting];
            _waiting.Clear();
        }

        foreach (Waiting waiting in decisions)
            task.Expect(waiting.Policy, waiting.Decision, waiting.Outcome);
    }

    private readonly record struct Waiting(IRoutingPolicy Policy, RouteDecision Decision, StepOutcome Outcome);
}
