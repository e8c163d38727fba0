namespace AgentRouter.Routing.Costs;

/// <summary>Knows how likely a conversation is to end after each of its calls: what says how many are still to come.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IStepHazard
{
    /// <summary>Gets the probability that a conversation that has reached a call ends with it.</summary>
    /// <param name="call">The call's number in the conversation, from 1.</param>
    /// <returns>A probability between 0 and 1.</returns>
    double EndsAfter(int call);
}
