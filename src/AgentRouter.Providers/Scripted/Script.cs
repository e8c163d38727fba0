namespace AgentRouter.Providers.Scripted;

/// <summary>What a scripted model answers: replies with conditions, the first that fits is given.</summary>
public sealed record Script
{
    /// <summary>Gets the script's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the replies in the order in which they are tried.</summary>
    public IReadOnlyList<ScriptReply> Replies { get; init; } = [];

    /// <summary>Gets how long each reply takes unless it says otherwise. The default is no time at all.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Gets the file it was read from, or <see langword="null"/> when it was built in code.</summary>
    public string? SourceFile { get; init; }

    /// <summary>Reads a script from a YAML file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="Configuration.ConfigurationException">The file cannot be read or something in it is wrong; names all mistakes with file, line and column.</exception>
    public static Script Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return ScriptReader.Read(Yaml.YamlReader.ReadText(path), path);
    }

    /// <summary>Reads a script from YAML text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="sourceName">The name that messages give the text.</param>
    /// <exception cref="Configuration.ConfigurationException">Something in the text is wrong.</exception>
    public static Script Parse(string yaml, string sourceName = "script")
    {
        ArgumentNullException.ThrowIfNull(yaml);
        return ScriptReader.Read(yaml, sourceName);
    }
}
