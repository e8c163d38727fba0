using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Sources;

namespace AgentRouter.Skills.Use;

/// <summary>Skills that can be found and read: what searches them, and where their bodies are.</summary>
public sealed class SkillLibrary
{
    private readonly IReadOnlyList<ISkillSource> _sources;

    /// <summary>Makes the library.</summary>
    /// <param name="retriever">What finds skills.</param>
    /// <param name="sources">The sources that its index was made of, in the same order. Without them, skills are read from their files, which is
    /// enough where all of them are in folders.</param>
    public SkillLibrary(SkillRetriever retriever, params IReadOnlyList<ISkillSource> sources)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        ArgumentNullException.ThrowIfNull(sources);
        (Retriever, _sources) = (retriever, sources);
    }

    /// <summary>Gets what finds skills.</summary>
    public SkillRetriever Retriever { get; }

    /// <summary>Makes the same library that is searched without asking a model.</summary>
    internal SkillLibrary ByWords() => new(Retriever.ByWords(), _sources);

    /// <summary>Finds skills by name: those that are no copies of another one.</summary>
    internal IEnumerable<IndexedSkill> Named(string name) => Retriever.Index.Segments
        .SelectMany(segment => segment.FindName(name).Where(document => segment.Shadowed?[document] != true).Select(document => segment.Skills[document]))
        .OrderBy(skill => skill.Source).ThenBy(skill => skill.Id, StringComparer.Ordinal);

    /// <summary>Reads a skill.</summary>
    /// <param name="id">The skill's id.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The skill; <see langword="null"/> for one that is gone or cannot be used any more.</returns>
    internal async ValueTask<Skill?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        if (SourceOf(id) is { } known)
            return (await known.Source.ReadAsync(new SkillListing(id, known.Skill.Stamp), cancellationToken).ConfigureAwait(false)).Skill;
        return SkillFileSource.Read(id);
    }

    /// <summary>Lists the files that a skill brings along.</summary>
    internal async ValueTask<IReadOnlyList<string>> FilesAsync(Skill skill, CancellationToken cancellationToken) =>
        SourceOf(skill.Id) is { Source: IBundledFileSource files }
            ? await files.ListFilesAsync(skill.Id, cancellationToken).ConfigureAwait(false)
            : BundledFiles.Of(skill);

    /// <summary>Reads a file that a skill brings along.</summary>
    /// <param name="skill">The skill.</param>
    /// <param name="file">One of its files, as they are listed.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The text, or why there is none.</returns>
    internal async ValueTask<(string? Text, string Problem)> ReadFileAsync(Skill skill, string file, CancellationToken cancellationToken)
    {
        if (SourceOf(skill.Id) is { Source: IBundledFileSource files })
            return await files.ReadFileAsync(skill.Id, file, cancellationToken).ConfigureAwait(false) is { } read ? (read, "") : (null, "It is no text, or gone.");
        string? text = SkillFileText.Read(Path.Join(skill.Folder, file), out string problem);
        return (text, problem);
    }

    private (ISkillSource Source, IndexedSkill Skill)? SourceOf(string id)
    {
        foreach (LiveSegment segment in Retriever.Index.Segments)
        {
            if (segment.FindId(id) is { } document && segment.Skills[document].Source < _sources.Count)
                return (_sources[segment.Skills[document].Source], segment.Skills[document]);
        }

        return null;
    }
}
