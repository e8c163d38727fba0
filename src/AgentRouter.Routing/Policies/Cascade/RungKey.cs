namespace AgentRouter.Routing.Policies.Cascade;

/// <summary>A rung as statistics tell it apart.</summary>
/// <param name="Name">The model, or what the recorded outcomes called the rung.</param>
/// <param name="IsAgain">Whether it is tried after it, or a rung above it, has failed: that brings less than the first time.</param>
internal readonly record struct RungKey(string Name, bool IsAgain);
