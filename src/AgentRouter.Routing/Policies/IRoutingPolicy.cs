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

    /// <summary>Gets a value indicating whether the policy may give a task up, and so is asked even where only one model can take a
    /// step. The default is <see langword="false"/>.</summary>
    bool MayGiveUp => false;

    /// <summary>Gets a value indicating whether <see cref="Learn"/> is called once more for a decision when its work is verified.
    /// The default is <see langword="false"/>: the decisions of a task need not be kept.</summary>
    bool LearnsFromChecks => false;

    /// <summary>Learns what came of a decision. The default learns nothing.</summary>
    /// <remarks>Called when a call has ended, with <see cref="StepOutcome.Verified"/> open; and, where <see cref="LearnsFromChecks"/>,
    /// once more for each answered call when the work it was for is verified.</remarks>
    /// <param name="step">Whose step it was.</param>
    /// <param name="decision">What was chosen.</param>
    /// <param name="outcome">What came of it.</param>
    void Learn(StepIdentity step, RouteDecision decision, StepOutcome outcome)
    {
    }

    /// <summary>Writes down what must survive the process, such as what was learned. Called when the client that asks the policy is
    /// disposed; may be called more often. The default does nothing.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    void Flush()
    {
    }
}
