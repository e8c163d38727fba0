namespace AgentRouter.Routing.Evaluation.Trajectories;

/// <summary>A tool call in a recorded step.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Arguments">Its arguments, as recorded.</param>
internal sealed record RecordedCall(string Tool, string Arguments);
