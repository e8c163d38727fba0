namespace AgentRouter.Cli.Commands.Tools.Bench.Worlds;

/// <summary>A service is out, to the end of the scenario. Nobody is told: whoever calls it finds out.</summary>
/// <param name="Service">The service.</param>
/// <param name="After">The service whose first call is the moment from which it is out; from the start when <see langword="null"/>.</param>
internal sealed record ServiceFault(string Service, string? After = null);
