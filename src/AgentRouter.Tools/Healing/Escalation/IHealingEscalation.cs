namespace AgentRouter.Tools.Healing.Escalation;

/// <summary>Somebody who decides when no path is left: a model, or a person.</summary>
public interface IHealingEscalation
{
    /// <summary>Asks.</summary>
    /// <param name="request">What happened.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    /// <returns>The decision; <see langword="null"/> when nobody could be asked, or the answer made no sense.</returns>
    ValueTask<EscalationDecision?> DecideAsync(EscalationRequest request, CancellationToken cancellationToken = default);
}
