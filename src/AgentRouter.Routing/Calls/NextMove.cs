namespace AgentRouter.Routing.Calls;

/// <summary>What follows a failed attempt: another one after a wait, or the end with an exception.</summary>
/// <param name="Wait">The wait before the next attempt.</param>
/// <param name="Final">What the caller gets, or <see langword="null"/> when there is a next attempt.</param>
internal readonly record struct NextMove(TimeSpan Wait, Exception? Final);
