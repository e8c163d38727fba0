using System.Text.Json.Nodes;

namespace AgentRouter.Providers.Scripted;

/// <summary>A tool call that a scripted model makes.</summary>
/// <param name="Tool">The tool's function name, such as <c>workspace_read</c>.</param>
/// <param name="Arguments">The arguments; not changed after construction.</param>
public sealed record ScriptToolCall(string Tool, JsonObject Arguments);
