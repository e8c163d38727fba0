namespace AgentRouter.Cli.Commands.Tools.Bench.Worlds;

/// <summary>A call that reached a service, or was to reach it.</summary>
/// <param name="Service">The service.</param>
/// <param name="Failure">What went wrong, or <see langword="null"/>.</param>
internal sealed record ServiceCall(string Service, string? Failure);
