namespace AgentRouter.Configuration;

/// <summary>An MCP server: a process to start, or an address.</summary>
public sealed record McpServerSettings
{
    /// <summary>Gets the server's name in the configuration.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the program to start, for a server on standard input and output.</summary>
    public string? Command { get; init; }

    /// <summary>Gets its arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Gets the names of the environment variables that the program gets besides the usual ones: the key that it needs, for example.</summary>
    public IReadOnlyList<string> PassedVariables { get; init; } = [];

    /// <summary>Gets the address, for a server over HTTP.</summary>
    public Uri? Url { get; init; }

    /// <summary>Gets the tools that are imported; <see langword="null"/> imports all.</summary>
    public IReadOnlyList<string>? AllowedTools { get; init; }

    /// <summary>Gets a value indicating whether its resources <c>skill://NAME/SKILL.md</c> are skills that agents find beside those of their folders.</summary>
    public bool OffersSkills { get; init; }
}
