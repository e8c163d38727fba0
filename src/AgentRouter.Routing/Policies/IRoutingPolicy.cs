using AgentRouter.Steps;

namespace AgentRouter.Routing.Policies;

/// <summary>Chooses the model of one LLM call. Each policy has a folder beside this file.</summary>
/// <remarks>A policy is shared by all tasks and must be thread-safe. It is asked once a step; retries and fallbacks do not ask again.</remarks>
public interface IRoutingPolicy
{
    /// <summary>Gets the name by which YAML, events and tables call it.</summary>
    string Name { get; }

    /// <summary>Chooses a model.</summary>
    /// <param name="step">The step.</param>
    /// <param name="candidates">The models that can take the step, from the least to the most capable; at least one.</param>
    /// <param name="cancellationToken">Cancels the choice.</param>
    /// <returns>One of the candidates and why.</returns>
    ValueTask<PolicyChoice> ChooseAsync(StepContext step, IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken = default);

    /// <summary>Learns what came of a decision. The default learns nothing.</summary>
    /// <param name="step">Whose step it was.</param>
    /// <param name="decision">What was chosen.</param>
    /// <param name="outcome">What came of it.</param>
    void Learn(StepIdentity step, RouteDecision decision, StepOutcome outcome)
    {
    }
}
