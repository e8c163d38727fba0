using System.Globalization;

namespace AgentRouter.Skills.Sources;

/// <summary>The skills of a folder: every folder in it, at any depth, that holds a SKILL.md.</summary>
/// <remarks>What lies below a skill belongs to it and is not searched. Links to folders are followed once each, so loops end.</remarks>
public sealed class FolderSkillSource : ISkillSource
{
    private readonly string _root;
    private readonly Func<string, string> _show;

    /// <summary>Makes the source. Nothing is read before it is asked.</summary>
    /// <param name="root">The folder: a library of skills, or a single skill.</param>
    /// <param name="show">Writes a path for messages; as it is, when not given.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public FolderSkillSource(string root, Func<string, string>? show = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        _root = Path.GetFullPath(root);
        _show = show ?? (path => path);
        if (!Directory.Exists(_root))
            throw new DirectoryNotFoundException($"There is no folder {_show(_root)}. Name a folder that holds skills: folders with a {SkillLimits.FileName}.");
    }

    /// <inheritdoc/>
    public string Name => _show(_root);

    /// <summary>Gets the folder.</summary>
    internal string Root => _root;

    /// <summary>Lists the skills without reading them, by path.</summary>
    /// <param name="cancellationToken">Cancels the listing.</param>
    public IEnumerable<SkillListing> List(CancellationToken cancellationToken = default)
    {
        foreach (string file in new SkillFolders(_root).Files(cancellationToken))
        {
            var info = new FileInfo(file);
            yield return new SkillListing(file, info.Exists
                ? string.Create(CultureInfo.InvariantCulture, $"{info.Length}-{info.LastWriteTimeUtc.Ticks}")
                : "");
        }
    }

    /// <summary>Tells whether a skill came from this folder, be it there still or not.</summary>
    /// <param name="id">The skill's <see cref="Skill.Id"/>.</param>
    public bool Holds(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.StartsWith(Path.TrimEndingDirectorySeparator(_root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    /// <summary>Writes a path for messages.</summary>
    internal string Show(string path) => _show(path);

    /// <summary>Reads a skill.</summary>
    /// <param name="listing">What was listed.</param>
    /// <returns>The skill, or what is wrong with it.</returns>
    public SkillReading Read(SkillListing listing)
    {
        ArgumentNullException.ThrowIfNull(listing);
        return SkillReader.Read(listing.Id, _show(listing.Id));
    }

    /// <inheritdoc/>
    async IAsyncEnumerable<SkillListing> ISkillSource.ListAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (SkillListing listing in List(cancellationToken))
            yield return listing;
    }

    /// <inheritdoc/>
    ValueTask<SkillReading> ISkillSource.ReadAsync(SkillListing listing, CancellationToken cancellationToken) => ValueTask.FromResult(Read(listing));
}
