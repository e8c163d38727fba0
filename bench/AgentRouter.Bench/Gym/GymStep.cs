namespace AgentRouter.Bench.Gym;

/// <summary>A step of a task as the solvers did it.</summary>
/// <param name="Look">What can be seen of it before anybody works on it: its class.</param>
/// <param name="Right">Whether each solver did it right, checked; from the cheapest to the dearest.</param>
internal sealed record GymStep(int Look, bool[] Right);
