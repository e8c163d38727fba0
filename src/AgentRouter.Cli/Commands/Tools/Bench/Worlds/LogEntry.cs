namespace AgentRouter.Cli.Commands.Tools.Bench.Worlds;

/// <summary>What a service notes of its work.</summary>
/// <param name="Service">The service.</param>
/// <param name="What">What it did: the same words from any service that does the same.</param>
/// <param name="IsEffect">Whether the world is another one since; otherwise it has only looked at something.</param>
internal sealed record LogEntry(string Service, string What, bool IsEffect);
