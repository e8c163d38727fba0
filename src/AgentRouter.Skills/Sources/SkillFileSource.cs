using AgentRouter.Skills.Index;

namespace AgentRouter.Skills.Sources;

/// <summary>Reads skills from the files that an index names, where its sources are not at hand.</summary>
/// <remarks>An index may come from anywhere: nothing but files of skills is read by what it says.</remarks>
internal sealed class SkillFileSource : ISkillSource
{
    /// <inheritdoc/>
    public string Name => "files";

    /// <summary>Makes the sources of an index: as many as it was made of.</summary>
    public static IReadOnlyList<ISkillSource> For(SkillIndex index)
    {
        var files = new SkillFileSource();
        return [.. Enumerable.Repeat(files, index.Skills.Select(skill => skill.Source + 1).DefaultIfEmpty().Max())];
    }

    /// <summary>Reads a skill; <see langword="null"/> where its id is no file of one, or it cannot be used.</summary>
    public static Skill? Read(string id) => Path.IsPathFullyQualified(id) && Path.GetFileName(id) == SkillLimits.FileName ? SkillReader.Read(id, id).Skill : null;

    /// <inheritdoc/>
    public IAsyncEnumerable<SkillListing> ListAsync(CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<SkillListing>();

    /// <inheritdoc/>
    public ValueTask<SkillReading> ReadAsync(SkillListing listing, CancellationToken cancellationToken = default) => ValueTask.FromResult(new SkillReading(Read(listing.Id), []));
}
