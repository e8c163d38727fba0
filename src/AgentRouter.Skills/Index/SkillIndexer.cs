using System.Collections.Concurrent;
using AgentRouter.Configuration;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Sources;
using AgentRouter.Skills.Text;

namespace AgentRouter.Skills.Index;

/// <summary>Brings an index up to what its sources have.</summary>
public static class SkillIndexer
{
    // so many skills are read before they are embedded together; of these nothing is kept when that breaks off
    private const int EmbeddedTogether = 32;

    /// <summary>Reads what is new or changed, and takes out what is gone. What its stamp shows to be unchanged is not read.</summary>
    /// <param name="previous">The index as it was; <see cref="SkillIndex.Empty"/> at first.</param>
    /// <param name="sources">All sources; what none of them has is taken out. Of copies, the one of the first source stands.</param>
    /// <param name="options">How they are indexed.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellationToken">Cancels the work; the previous index stays as it is, and <see cref="SkillIndexerOptions.Checkpoint"/> is given what was embedded.</param>
    /// <exception cref="ConfigurationException">The embedder gave what cannot be vectors.</exception>
    public static async Task<SkillIndexUpdate> UpdateAsync(
        SkillIndex previous, IReadOnlyList<ISkillSource> sources, SkillIndexerOptions? options = null, IProgress<IndexingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(previous);
        ArgumentNullException.ThrowIfNull(sources);
        options ??= new SkillIndexerOptions();
        if (options.Embedder is { } embedder && (previous.Space as EmbeddedTexts)?.Name != embedder.Name)
            previous = SkillIndex.Empty;
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

        (NewSkill?[] read, SkillProblem[][] problems) = await ReadAsync(sources, wanted, previous, options, progress, cancellationToken).ConfigureAwait(false);
        NewSkill[] added = [.. read.OfType<NewSkill>()];
        // what can no longer be used goes as well
        string[] removed = [.. known.Keys.Where(id => !seen.Contains(id)), .. wanted.Where((_, i) => read[i] is null).Select(each => each.Listing.Id).Where(known.ContainsKey)];
        int changed = added.Count(skill => known.ContainsKey(skill.Skill.Id));
        SkillIndex updated = added.Length + removed.Length == 0 ? previous : In(previous, options.Embedder, added).With(added, removed);
        if (options.Embedder is null)
        {
            var learning = progress is null ? null : new Stage(progress, IndexingStage.Learning);
            updated = await Task.Run(() => LearnedVectors.Update(updated, options.Dense, learning, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        return new SkillIndexUpdate(
            updated,
            Added: added.Length - changed, Changed: changed, Unchanged: known.Count - changed - removed.Length, Removed: removed.Length, [.. problems.SelectMany(each => each)]);
    }

    // the first skills that are embedded tell how long their vectors are
    internal static SkillIndex In(SkillIndex index, ISkillEmbedder? embedder, NewSkill[] added) =>
        embedder is null || index.Space is not null || added.Length == 0 ? index : SkillIndex.EmptyFor(index.Recipe, new EmbeddedTexts(embedder.Name, added[0].Vectors[0].Length));

    private static async Task<(NewSkill?[] Read, SkillProblem[][] Problems)> ReadAsync(
        IReadOnlyList<ISkillSource> sources, List<(int Source, SkillListing Listing)> wanted, SkillIndex previous, SkillIndexerOptions options, IProgress<IndexingProgress>? progress, CancellationToken cancellationToken)
    {
        var read = new NewSkill?[wanted.Count];
        var texts = new IReadOnlyList<string>[wanted.Count];
        var problems = new SkillProblem[wanted.Count][];
        var counters = new ConcurrentBag<TermCounter>();
        int done = 0;
        ISkillEmbedder? embedder = options.Embedder;
        int? dimensions = (previous.Space as EmbeddedTexts)?.Dimensions;
        var soFar = new EmbeddedSoFar(previous, read, options);
        int together = embedder is null ? Math.Max(1, wanted.Count) : EmbeddedTogether;
        try
        {
            for (int from = 0; from < wanted.Count; from += together)
            {
                int behind = Math.Min(wanted.Count, from + together);
                await Parallel.ForAsync(from, behind, cancellationToken, ReadAsync).ConfigureAwait(false);
                if (embedder is not null)
                    dimensions = await EmbedAsync(read.AsMemory(from..behind), texts.AsMemory(from..behind), dimensions, embedder, cancellationToken).ConfigureAwait(false);
                soFar.Advance(behind);
            }
        }
        catch
        {
            soFar.HandOut();
            throw;
        }

        return (read, problems);

        async ValueTask ReadAsync(int i, CancellationToken token)
        {
            (int source, SkillListing listing) = wanted[i];
            SkillReading reading = await sources[source].ReadAsync(listing, token).ConfigureAwait(false);
            problems[i] = [.. reading.Problems];
            if (reading.Skill is { } skill)
            {
                TermCounter counter = counters.TryTake(out TermCounter? free) ? free : new TermCounter();
                read[i] = NewSkill.Of(skill with { Id = listing.Id }, source, listing.Stamp, counter);
                counters.Add(counter);
                texts[i] = embedder is null ? [] : SkillPassages.Of(skill);
            }

            progress?.Report(new IndexingProgress(IndexingStage.Reading, (double)Interlocked.Increment(ref done) / wanted.Count));
        }
    }

    private static async Task<int?> EmbedAsync(Memory<NewSkill?> skills, Memory<IReadOnlyList<string>> texts, int? dimensions, ISkillEmbedder embedder, CancellationToken cancellationToken)
    {
        string[] all = [.. Enumerable.Range(0, skills.Length).Where(i => skills.Span[i] is not null).SelectMany(i => texts.Span[i])];
        IReadOnlyList<ReadOnlyMemory<float>> vectors = all.Length == 0 ? []
            : await CheckedEmbedding.OfAsync(embedder, all, EmbeddingPurpose.Skill, dimensions, cancellationToken).ConfigureAwait(false);
        int next = 0;
        for (int i = 0; i < skills.Length; i++)
        {
            if (skills.Span[i] is not { } skill)
                continue;
            skills.Span[i] = skill with { Vectors = [.. vectors.Skip(next).Take(texts.Span[i].Count)] };
            next += texts.Span[i].Count;
            texts.Span[i] = [];
        }

        return dimensions ?? (vectors.Count > 0 ? vectors[0].Length : null);
    }

    private sealed class Stage(IProgress<IndexingProgress> progress, IndexingStage stage) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new IndexingProgress(stage, value));
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
