namespace AgentRouter.Cli.Commands.Tools.Graph;

/// <summary>What <c>tools graph</c> was asked for.</summary>
internal sealed record ToolGraphOptions
{
    /// <summary>Gets the file, as it was written.</summary>
    public string? File { get; init; }

    /// <summary>Gets the goals that are shown; all when empty.</summary>
    public IReadOnlyList<string> Goals { get; init; } = [];

    /// <summary>Gets the tools that count as down.</summary>
    public IReadOnlyList<string> Down { get; init; } = [];

    /// <summary>Gets the MCP servers whose tools make the graph.</summary>
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>Gets the format.</summary>
    public required string Format { get; init; }

    /// <summary>Gets the file that is written, or <see langword="null"/>.</summary>
    public string? Output { get; init; }

    /// <summary>Gets a value indicating whether JSON is written.</summary>
    public bool IsJson { get; init; }

    /// <summary>Gets the configuration that was named, or <see langword="null"/>.</summary>
    public string? Configuration { get; init; }
}
