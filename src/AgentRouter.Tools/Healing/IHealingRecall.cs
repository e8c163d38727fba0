using AgentRouter.Events;

namespace AgentRouter.Tools.Healing;

/// <summary>Recalls what was decided when work is done again: weights have changed since, and so has the clock.</summary>
public interface IHealingRecall
{
    /// <summary>Looks at the event that is recorded next for the work on a goal.</summary>
    /// <returns>The event; <see langword="null"/> when nothing more is recorded, and the work goes on anew.</returns>
    RunEvent? Next();

    /// <summary>Tells whether a call is recorded; it is called again then, whatever monitors and health say now, because its effect may be there.</summary>
    /// <param name="callId">The id of the call.</param>
    bool IsCalled(string callId);
}
