namespace AgentRouter.Bench.Gym;

/// <summary>What a policy sees before it chooses: no horizon, no result of what was not tried.</summary>
/// <param name="Step">The step, from 1.</param>
/// <param name="Left">The budget that is left.</param>
/// <param name="Look">The step's class.</param>
/// <param name="Failed">The solvers that were tried at this step and failed, as bits; 0 where steps are not verified.</param>
internal readonly record struct GymState(int Step, double Left, int Look, int Failed);
