using AgentRouter.Configuration;
using AgentRouter.Language.Vectors;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Sources;
using AgentRouter.Skills.Text;
using Microsoft.Extensions.VectorData;

namespace AgentRouter.Skills.Dense.Stored;

/// <summary>The vectors of skills in a collection of a vector store, which many machines share: words stay in the index file, and vectors are embedded once for all.</summary>
/// <remarks>Safe for any number of threads. A skill is known by its content: copies, and the same skill on several machines, have their vectors once. Several models may share
/// a collection if their vectors have the same length: each sees its own.</remarks>
public sealed class SkillVectorCollection
{
    private readonly ISkillEmbedder _embedder;
    private readonly SkillVectorOptions _options;
    private readonly StoredTable _table;
    private readonly StoredVectors _space;
    private readonly LibrarySample _sample = new();
    private readonly string _name;

    /// <summary>Takes a collection. The store is not asked yet.</summary>
    /// <param name="store">The store; the caller owns it.</param>
    /// <param name="name">The collection's name.</param>
    /// <param name="dimensions">The numbers of a vector that the embedder makes, from 1 to 8,192.</param>
    /// <param name="embedder">What makes vectors of skills and tasks.</param>
    /// <param name="options">How they are kept and found.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimensions are out of range.</exception>
    public SkillVectorCollection(VectorStore store, string name, int dimensions, ISkillEmbedder embedder, SkillVectorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, Int8Rows.MaxDimensions);
        ArgumentNullException.ThrowIfNull(embedder);
        (_name, _embedder, _options, _space) = (name, embedder, options ?? new SkillVectorOptions(), new StoredVectors(dimensions));
        _table = new StoredTable(store, name, embedder.Name, dimensions);
    }

    /// <summary>Gets a value indicating whether a search costs money.</summary>
    internal bool IsPaid => _embedder.IsPaid;

    /// <summary>Brings the collection up to what an index has, and makes it where it is missing: only what is new or changed is read and embedded. What was written stays when the work is
    /// cancelled or fails, and is not embedded again.</summary>
    /// <param name="index">The index.</param>
    /// <param name="sources">The sources that it was made of, in the same order.</param>
    /// <param name="progress">Is told the share of the work that is done, from 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="ConfigurationException">The embedder gave what cannot be vectors of the collection.</exception>
    /// <exception cref="SkillVectorException">The store cannot be asked.</exception>
    public async Task<SkillVectorUpdate> UpdateAsync(SkillIndex index, IReadOnlyList<ISkillSource> sources, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(sources);
        await _table.EnsureAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<ContentHash, int> known = await _table.ListAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<ContentHash, IndexedSkill> wanted = StoredLibrary.Of(index);
        KeyValuePair<ContentHash, IndexedSkill>[] missing = [.. wanted.Where(each => !known.ContainsKey(each.Key))];
        int added = 0, texts = 0;
        foreach (KeyValuePair<ContentHash, IndexedSkill>[] some in missing.Chunk(StoredDefaults.EmbeddedTogether))
        {
            (int skills, int written) = await AddAsync(some, sources, cancellationToken).ConfigureAwait(false);
            (added, texts) = (added + skills, texts + written);
            progress?.Report((double)added / missing.Length);
        }

        KeyValuePair<ContentHash, int>[] gone = [.. known.Where(each => _options.RemovesGone && !wanted.ContainsKey(each.Key))];
        await _table.DeleteAsync(gone, cancellationToken).ConfigureAwait(false);
        _sample.Clear();
        return new SkillVectorUpdate(added, texts, Unchanged: wanted.Count - missing.Length, Removed: gone.Length, Left: missing.Length - added);
    }

    /// <summary>Finds how near the skills of an index are to a task.</summary>
    /// <param name="index">The index; its own vectors are not looked at.</param>
    /// <param name="task">The task.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The index seen with the vectors of the store, and the nearness; <see langword="null"/> where the store cannot be asked, and words alone are to do.</returns>
    internal async Task<(SkillIndex Index, TaskNearness Nearness)?> NearnessAsync(SkillIndex index, string task, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<float> vector = (await EmbedAsync([task[..Math.Min(task.Length, SkillPassages.LongestQuery)]], EmbeddingPurpose.Task, cancellationToken).ConfigureAwait(false))[0];
        try
        {
            Dictionary<ContentHash, float> found = await _table.FindAsync(vector, _options.Nearest, cancellationToken).ConfigureAwait(false);
            Dictionary<ContentHash, float> sample = await _sample.CosinesAsync(index, Int8Rows.Of(vector.Span), _table, cancellationToken).ConfigureAwait(false);
            return (index.SeenIn(_space), new FoundNearness(found, sample));
        }
        catch (SkillVectorException exception) when (_options.WordsAlone is { } tell)
        {
            tell(exception);
            return null;
        }
    }

    private async Task<(int Skills, int Texts)> AddAsync(KeyValuePair<ContentHash, IndexedSkill>[] skills, IReadOnlyList<ISkillSource> sources, CancellationToken cancellationToken)
    {
        var texts = new List<(Skill Skill, ContentHash Hash, IReadOnlyList<string> Texts)>();
        foreach ((ContentHash hash, IndexedSkill skill) in skills)
        {
            if (skill.Source >= sources.Count)
                throw new ArgumentException($"The index was made of more than {sources.Count} sources: give those that it was made of, in the same order.", nameof(sources));
            SkillReading reading = await sources[skill.Source].ReadAsync(new SkillListing(skill.Id, skill.Stamp), cancellationToken).ConfigureAwait(false);
            if (reading.Skill is { } read && ContentHash.Of(read) == hash)
                texts.Add((read, hash, SkillPassages.Of(read)));
        }

        IReadOnlyList<ReadOnlyMemory<float>> vectors = texts.Count == 0 ? [] : await EmbedAsync([.. texts.SelectMany(each => each.Texts)], EmbeddingPurpose.Skill, cancellationToken).ConfigureAwait(false);
        int next = 0;
        await _table.WriteAsync([.. texts.SelectMany(each => each.Texts.Select((_, piece) => Record(each.Skill, each.Hash, piece, each.Texts.Count, vectors[next++])))], cancellationToken).ConfigureAwait(false);
        return (texts.Count, vectors.Count);
    }

    private SkillVectorRecord Record(Skill skill, ContentHash hash, int piece, int pieces, ReadOnlyMemory<float> vector) => new()
    {
        Id = StoredKeys.Of(_embedder.Name, hash, piece),
        Skill = StoredKeys.Text(hash),
        Name = skill.Name,
        Model = _embedder.Name,
        Piece = piece,
        Pieces = pieces,
        Vector = vector,
    };

    private async ValueTask<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, EmbeddingPurpose purpose, CancellationToken cancellationToken)
    {
        IReadOnlyList<ReadOnlyMemory<float>> vectors = await CheckedEmbedding.OfAsync(_embedder, texts, purpose, dimensions: null, cancellationToken).ConfigureAwait(false);
        return vectors[0].Length == _space.Dimensions ? vectors
            : throw new ConfigurationException($"The embedder '{_embedder.Name}' makes vectors of {vectors[0].Length} numbers, and the collection '{_name}' was taken for {_space.Dimensions}. Give SkillVectorCollection the length that the embedder has, and a new name where the collection exists.");
    }
}
