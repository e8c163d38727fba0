using AgentRouter.Configuration;
using AgentRouter.Tools;

namespace AgentRouter.Workflows.Yaml;

/// <summary>What workflows are checked against. Nothing here is opened, started or called.</summary>
public sealed record WorkflowLoadOptions
{
    /// <summary>Gets the tools that workflows may name. The workspace tools are always known; the tools of a source without
    /// descriptions, such as an MCP server that is not running, are taken on trust.</summary>
    public IReadOnlyList<IToolSource> Tools { get; init; } = [];

    /// <summary>Gets the configuration: its tiers, MCP servers and default budget; <see langword="null"/> leaves tiers unchecked.</summary>
    public RouterConfiguration? Configuration { get; init; }

    /// <summary>Gets the project's folder; <see langword="null"/> for the nearest above the file that holds <c>agents/</c> or <c>agentrouter.yaml</c>.</summary>
    public string? ProjectRoot { get; init; }
}
