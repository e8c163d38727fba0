using AgentRouter.Tools;

namespace AgentRouter.Workflows.Validation;

/// <summary>What a name in a list of tools stands for.</summary>
/// <param name="Kind">A tool, a source, or neither.</param>
/// <param name="Description">What is known of the tool.</param>
internal readonly record struct ToolLookup(ToolLookupKind Kind, ToolDescription? Description);
