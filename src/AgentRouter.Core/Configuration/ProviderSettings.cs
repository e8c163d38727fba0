namespace AgentRouter.Configuration;

/// <summary>Who serves models, and how it is reached. Holds the name of a secret, never a secret.</summary>
public sealed record ProviderSettings
{
    /// <summary>Gets the provider's name in the configuration.</summary>
    public required string Name { get; init; }

    /// <summary>Gets its kind: <c>openai</c> (and everything compatible), <c>anthropic</c>, <c>ollama</c>, <c>scripted</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the address, or <see langword="null"/> for the kind's own.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>Gets the name of the environment variable or user secret that holds the key; when <see langword="null"/>, the kind's own
    /// (<c>OPENAI_API_KEY</c>, <c>ANTHROPIC_API_KEY</c>), and none for a server on this machine.</summary>
    public string? ApiKeyVariable { get; init; }

    /// <summary>Gets the script of a scripted provider: a path, absolute or relative to the configuration file.</summary>
    public string? Script { get; init; }

    /// <summary>Gets the longest wait: for a whole answer or, in a stream, for its start and for each next piece. The default is 100 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);
}
