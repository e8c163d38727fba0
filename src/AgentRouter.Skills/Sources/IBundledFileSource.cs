namespace AgentRouter.Skills.Sources;

/// <summary>A source whose skills bring files along that are not in a folder.</summary>
public interface IBundledFileSource : ISkillSource
{
    /// <summary>Lists the files of a skill, relative to it, with slashes; bounded.</summary>
    /// <param name="id">The skill's id.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    ValueTask<IReadOnlyList<string>> ListFilesAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Reads the text of a file of a skill.</summary>
    /// <param name="id">The skill's id.</param>
    /// <param name="file">The file, as it is listed.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The text; <see langword="null"/> for one that is gone, too long, or no text.</returns>
    ValueTask<string?> ReadFileAsync(string id, string file, CancellationToken cancellationToken = default);
}
