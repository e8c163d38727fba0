using AgentRouter.Cli.Terminals;
using AgentRouter.Configuration;
using AgentRouter.Identity;

namespace AgentRouter.Cli.CommandLine;

/// <summary>What the commands know of the world; tests give them another one.</summary>
internal sealed record CliContext
{
    /// <summary>Gets where to write.</summary>
    public required Terminal Terminal { get; init; }

    /// <summary>Gets the folder that relative paths start at.</summary>
    public required string CurrentFolder { get; init; }

    /// <summary>Gets the user's folder for data, where runs are recorded unless another folder is named.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Gets what looks up keys.</summary>
    public required ISecretSource Secrets { get; init; }

    /// <summary>Gets the clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Gets what names runs.</summary>
    public IIdGenerator Ids { get; init; } = new TimeOrderedIdGenerator();

    /// <summary>Makes an absolute path.</summary>
    /// <param name="path">A path as the user wrote it.</param>
    public string Resolve(string path) => Path.GetFullPath(path, CurrentFolder);

    /// <summary>Shortens a path for people: relative to where they are, when that is shorter.</summary>
    /// <param name="path">An absolute path.</param>
    public string Shorten(string path)
    {
        string relative = Path.GetRelativePath(CurrentFolder, path);
        return relative.Length < path.Length && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : path;
    }
}
