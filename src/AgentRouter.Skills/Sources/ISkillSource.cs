namespace AgentRouter.Skills.Sources;

/// <summary>Where skills come from.</summary>
/// <remarks>Listing is cheap and reading is not: an index reads only what its <see cref="SkillListing.Stamp"/> shows to be new.</remarks>
public interface ISkillSource
{
    /// <summary>Gets the source's name, for messages.</summary>
    string Name { get; }

    /// <summary>Lists the skills without reading them, in the same order each time.</summary>
    /// <param name="cancellationToken">Cancels the listing.</param>
    IAsyncEnumerable<SkillListing> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads a skill.</summary>
    /// <param name="listing">What was listed.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The skill, or what is wrong with it. Bad content throws nothing.</returns>
    ValueTask<SkillReading> ReadAsync(SkillListing listing, CancellationToken cancellationToken = default);
}
