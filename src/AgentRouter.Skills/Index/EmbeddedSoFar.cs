namespace AgentRouter.Skills.Index;

/// <summary>Hands out what is embedded so far, now and then and at last: whoever keeps it does not pay for it again.</summary>
/// <param name="previous">The index as it was.</param>
/// <param name="skills">The skills that are read and embedded, in this order; those that cannot be used are <see langword="null"/>.</param>
/// <param name="options">Who keeps it, and how often.</param>
internal sealed class EmbeddedSoFar(SkillIndex previous, ReadOnlyMemory<NewSkill?> skills, SkillIndexerOptions options)
{
    private SkillIndex _index = previous;
    private long _handedOut = options.TimeProvider.GetTimestamp();
    private int _done;
    private int _kept;

    /// <summary>Notes that more skills are embedded, and hands them out when it is time.</summary>
    /// <param name="done">How many of the skills are embedded.</param>
    public void Advance(int done)
    {
        _done = done;
        if (done < skills.Length && options.TimeProvider.GetElapsedTime(_handedOut) >= options.CheckpointEvery)
            HandOut();
    }

    /// <summary>Hands out what has not been handed out, if there is any.</summary>
    public void HandOut()
    {
        if (options.Checkpoint is not { } checkpoint || options.Embedder is null)
            return;
        NewSkill[] added = [.. skills.Span[_kept.._done].ToArray().OfType<NewSkill>()];
        _kept = _done;
        if (added.Length > 0)
            checkpoint(_index = SkillIndexer.In(_index, options.Embedder, added).With(added, []));
        _handedOut = options.TimeProvider.GetTimestamp();
    }
}
