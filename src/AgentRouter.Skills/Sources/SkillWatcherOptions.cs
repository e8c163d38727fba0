using AgentRouter.Skills.Index;

namespace AgentRouter.Skills.Sources;

/// <summary>How sources are watched.</summary>
public sealed record SkillWatcherOptions
{
    /// <summary>Gets how long nothing more must happen before what has changed is read: a copy of a folder, a checkout, comes file by file.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Gets how often all sources are listed, whether a change was noticed or not: not every file system and no server tells of changes.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets how skills are indexed: with the embedder that the index was made with, or without vectors.</summary>
    public SkillIndexerOptions Indexing { get; init; } = new();

    /// <summary>Gets the clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Gets what is told of each update that has changed something or has found a problem.</summary>
    public Action<SkillIndexUpdate>? Updated { get; init; }

    /// <summary>Gets what is told when the sources cannot be read; the index stays as it was, and it is tried again.</summary>
    public Action<Exception>? Failed { get; init; }
}
