using System.Text.Json.Nodes;
using AgentRouter.Tools.Capabilities;

namespace AgentRouter.Tools.Healing.Calls;

/// <summary>A call of a tool on the way to a goal.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">The arguments by parameter.</param>
/// <param name="CallId">What the call is called in events: the same when a run is done again, another one for each call.</param>
/// <param name="IdempotencyKey">The same for all attempts at one thing, so that a service that takes it does the thing once.</param>
public sealed record ToolCall(CapabilityTool Tool, JsonObject Arguments, string CallId, string IdempotencyKey);
