namespace AgentRouter.Tools;

/// <summary>A family of tools under one name: the workspace tools, an MCP server, a kernel's plugin.</summary>
public interface IToolSource
{
    /// <summary>Gets the name that stands for all its tools in YAML: <c>workspace</c>, <c>mcp.github</c>.</summary>
    string Name { get; }

    /// <summary>Gets what is known of its tools before a run; <see langword="null"/> when the source must be opened to know,
    /// in which case names under <see cref="Name"/> are taken on trust until then.</summary>
    IReadOnlyList<ToolDescription>? Descriptions { get; }

    /// <summary>Opens the tools for a run.</summary>
    /// <param name="context">The run.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <returns>The open tools; the run disposes them when it ends.</returns>
    ValueTask<IToolSession> OpenAsync(ToolContext context, CancellationToken cancellationToken = default);
}
