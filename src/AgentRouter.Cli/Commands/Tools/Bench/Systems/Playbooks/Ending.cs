using System.Text.Json.Nodes;

namespace AgentRouter.Cli.Commands.Tools.Bench.Systems.Playbooks;

/// <summary>What is done instead where the goal cannot be reached.</summary>
/// <param name="Name">What it comes to.</param>
/// <param name="Calls">The calls that it takes.</param>
internal sealed record Ending(string Name, params EndingCall[] Calls);

/// <summary>A call of an ending.</summary>
/// <param name="Service">The service.</param>
/// <param name="Arguments">Arguments beside what is known.</param>
internal sealed record EndingCall(string Service, JsonObject? Arguments = null);
