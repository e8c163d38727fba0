using System.Collections.Concurrent;
using AgentRouter.Skills.Sources;

namespace AgentRouter.Skills.Index;

/// <summary>Brings an index up to what its sources have.</summary>
public static class SkillIndexer
{
    /// <summary>Reads what is new or changed, and takes out what is gone. What its stamp shows to be unchanged is not read.</summary>
    /// <param name="previous">The index as it was; <see cref="SkillIndex.Empty"/> at first.</param>
    /// <param name="sources">All sources; what none of them has is taken out. Of copies, the one of the first source stands.</param>
    /// <param name="progress">Is told the share that is read, from 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the work; the previous index stays as it is.</param>
    public static async Task<SkillIndexUpdate> UpdateAsync(SkillIndex previous, IReadOnlyList<ISkillSource> sources, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(previous);
        ArgumentNullException.ThrowIfNull(sources);
        var known = previous.Skills.ToDictionary(skill => skill.Id);
        var seen = new HashSet<string>();
        var wanted = new List<(int Source, SkillListing Listing)>();
        for (int source = 0; source < sources.Count; source++)
        {
            await foreach (SkillListing listing in sources[source].ListAsync(cancellationToken).ConfigureAwait(false))
            {
                bool isUnchanged = known.TryGetValue(listing.Id, out IndexedSkill? skill) && skill.Stamp == listing.Stamp && skill.Source == source;
                if (seen.Add(listing.Id) && !isUnchanged)
                    wanted.Add((source, listing));
            }
        }

        (NewSkill?[] read, SkillProblem[][] problems) = await ReadAsync(sources, wanted, progress, cancellationToken).ConfigureAwait(false);
        NewSkill[] added = [.. read.OfType<NewSkill>()];
        // what can no longer be used goes as well
        string[] removed = [.. known.Keys.Where(id => !seen.Contains(id)), .. wanted.Where((_, i) => read[i] is null).Select(each => each.Listing.Id).Where(known.ContainsKey)];
        int changed = added.Count(skill => known.ContainsKey(skill.Skill.Id));
        return new SkillIndexUpdate(
            added.Length + removed.Length == 0 ? previous : previous.With(added, removed),
            Added: added.Length - changed, Changed: changed, Unchanged: known.Count - changed - removed.Length, Removed: removed.Length, [.. problems.SelectMany(each => each)]);
    }

    private static async Task<(NewSkill?[] Read, SkillProblem[][] Problems)> ReadAsync(
        IReadOnlyList<ISkillSource> sources, List<(int Source, SkillListing Listing)> wanted, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var read = new NewSkill?[wanted.Count];
        var problems = new SkillProblem[wanted.Count][];
        var counters = new ConcurrentBag<TermCounter>();
        int done = 0;
        await Parallel.ForAsync(0, wanted.Count, cancellationToken, async (i, token) =>
        {
            (int source, SkillListing listing) = wanted[i];
            SkillReading reading = await sources[source].ReadAsync(listing, token).ConfigureAwait(false);
            problems[i] = [.. reading.Problems];
            if (reading.Skill is { } skill)
            {
                TermCounter counter = counters.TryTake(out TermCounter? free) ? free : new TermCounter();
                read[i] = NewSkill.Of(skill with { Id = listing.Id }, source, listing.Stamp, counter);
                counters.Add(counter);
            }

            progress?.Report((double)Interlocked.Increment(ref done) / wanted.Count);
        }).ConfigureAwait(false);
        return (read, problems);
    }
}

/// <summary>What came of bringing an index up to date.</summary>
/// <param name="Index">The new index.</param>
/// <param name="Added">How many skills are new.</param>
/// <param name="Changed">How many have changed.</param>
/// <param name="Unchanged">How many were not read again.</param>
/// <param name="Removed">How many are gone, or cannot be used any more.</param>
/// <param name="Problems">What is wrong with skills that were read; those with errors are not in the index.</param>
public sealed record SkillIndexUpdate(SkillIndex Index, int Added, int Changed, int Unchanged, int Removed, IReadOnlyList<SkillProblem> Problems);
