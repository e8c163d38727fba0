using System.Data.Common;
using AgentRouter.Configuration;
using AgentRouter.Language.Vectors;
using AgentRouter.Skills.Index;
using Microsoft.Extensions.VectorData;

namespace AgentRouter.Skills.Dense.Stored;

/// <summary>The records of one model in a collection. What comes from the store is checked: others write there too.</summary>
/// <param name="store">The store.</param>
/// <param name="name">The collection's name.</param>
/// <param name="model">The model; what others made is not seen.</param>
/// <param name="dimensions">The numbers of a vector.</param>
internal sealed class StoredTable(VectorStore store, string name, string model, int dimensions)
{
    private readonly VectorStoreCollection<Guid, SkillVectorRecord> _records = store.GetCollection<Guid, SkillVectorRecord>(name, SkillVectorRecord.Definition(dimensions));
    private volatile bool _isChecked;

    /// <summary>Makes the collection where it is missing.</summary>
    /// <exception cref="ConfigurationException">It has vectors of another length.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await AskAsync(async () =>
        {
            await _records.EnsureCollectionExistsAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }, cancellationToken).ConfigureAwait(false);
        await CheckAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists the skills that have vectors, with the number of their texts.</summary>
    public Task<Dictionary<ContentHash, int>> ListAsync(CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var skills = new Dictionary<ContentHash, int>();
        for (int read = 0, skip = 0; read == skip; skip += StoredDefaults.Page)
        {
            var page = new FilteredRecordRetrievalOptions<SkillVectorRecord> { Skip = skip };
            await foreach (SkillVectorRecord record in _records.GetAsync(each => each.Model == model && each.Piece == 0, StoredDefaults.Page, page, cancellationToken).ConfigureAwait(false))
            {
                read++;
                if (StoredKeys.Read(record.Skill) is { } skill)
                    skills[skill] = PiecesOf(record);
            }
        }

        return skills;
    }, cancellationToken);

    /// <summary>Finds the skills that are nearest to a task.</summary>
    /// <param name="task">The task's vector.</param>
    /// <param name="texts">How many texts are looked for.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The cosine of each skill's nearest text.</returns>
    /// <exception cref="ConfigurationException">The collection does not exist, or has vectors of another length.</exception>
    public async Task<Dictionary<ContentHash, float>> FindAsync(ReadOnlyMemory<float> task, int texts, CancellationToken cancellationToken)
    {
        await CheckAsync(cancellationToken).ConfigureAwait(false);
        return await AskAsync(async () =>
        {
            var cosines = new Dictionary<ContentHash, float>();
            var options = new VectorSearchOptions<SkillVectorRecord> { Filter = each => each.Model == model };
            await foreach (VectorSearchResult<SkillVectorRecord> result in _records.SearchAsync(task, texts, options, cancellationToken).ConfigureAwait(false))
            {
                float cosine = (float)(result.Score ?? double.NaN);
                if (StoredKeys.Read(result.Record.Skill) is { } skill && float.IsFinite(cosine))
                    cosines[skill] = Math.Max(cosine, cosines.GetValueOrDefault(skill, float.NegativeInfinity));
            }

            return cosines;
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the vectors of skills; those that have none are left out.</summary>
    public Task<Dictionary<ContentHash, Int8Rows>> ReadAsync(IReadOnlyList<ContentHash> skills, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        List<SkillVectorRecord> first = await ReadAsync(skills.Select(skill => StoredKeys.Of(model, skill, 0)), cancellationToken).ConfigureAwait(false);
        List<SkillVectorRecord> others = await ReadAsync(
            first.SelectMany(record => KeysOf(StoredKeys.Read(record.Skill)!.Value, PiecesOf(record)).Skip(1)), cancellationToken).ConfigureAwait(false);
        return first.Concat(others).GroupBy(record => StoredKeys.Read(record.Skill)!.Value).ToDictionary(skill => skill.Key, skill => Rows([.. skill]));
    }, cancellationToken);

    /// <summary>Writes the vectors of skills. The first text of each comes last: a skill that has it has the others.</summary>
    public Task WriteAsync(IReadOnlyList<SkillVectorRecord> records, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        foreach (SkillVectorRecord[] page in records.OrderBy(record => record.Piece == 0).Chunk(StoredDefaults.Page))
            await _records.UpsertAsync(page, cancellationToken).ConfigureAwait(false);
        return true;
    }, cancellationToken);

    /// <summary>Deletes the vectors of skills. The first text of each goes last.</summary>
    /// <param name="skills">The skills, with the number of their texts.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public Task DeleteAsync(IReadOnlyCollection<KeyValuePair<ContentHash, int>> skills, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        foreach (Guid[] page in skills.SelectMany(skill => KeysOf(skill.Key, skill.Value).Reverse()).Chunk(StoredDefaults.Page))
            await _records.DeleteAsync(page, cancellationToken).ConfigureAwait(false);
        return true;
    }, cancellationToken);

    private static int PiecesOf(SkillVectorRecord record) => Math.Clamp(record.Pieces, 1, StoredDefaults.MostPieces);

    private IEnumerable<Guid> KeysOf(ContentHash skill, int pieces) => Enumerable.Range(0, pieces).Select(piece => StoredKeys.Of(model, skill, piece));

    private Int8Rows Rows(List<SkillVectorRecord> records)
    {
        int stride = Int8Rows.StrideOf(dimensions);
        var values = new sbyte[records.Count * stride];
        for (int row = 0; row < records.Count; row++)
            Int8Rows.Round(records[row].Vector.Span, values.AsSpan(row * stride, stride));
        return new Int8Rows(values, dimensions);
    }

    private async Task<List<SkillVectorRecord>> ReadAsync(IEnumerable<Guid> keys, CancellationToken cancellationToken)
    {
        var records = new List<SkillVectorRecord>();
        foreach (Guid[] page in keys.Chunk(StoredDefaults.Page))
        {
            await foreach (SkillVectorRecord record in _records.GetAsync(page, new RecordRetrievalOptions { IncludeVectors = true }, cancellationToken).ConfigureAwait(false))
            {
                if (StoredKeys.Read(record.Skill) is not null && record.Vector.Length == dimensions)
                    records.Add(record);
            }
        }

        return records;
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (_isChecked)
            return;
        if (!await AskAsync(() => _records.CollectionExistsAsync(cancellationToken), cancellationToken).ConfigureAwait(false))
            throw new ConfigurationException($"There is no collection '{name}' in {Place} yet. Bring it up to date once with SkillVectorCollection.UpdateAsync.");
        SkillVectorRecord? any = await AskAsync(
            () => _records.GetAsync(each => each.Piece == 0, top: 1, new() { IncludeVectors = true }, cancellationToken).FirstOrDefaultAsync(cancellationToken).AsTask(), cancellationToken).ConfigureAwait(false);
        if (any is not null && any.Vector.Length != dimensions)
            throw new ConfigurationException($"The collection '{name}' in {Place} has vectors of {any.Vector.Length} numbers, made by '{any.Model}'; those of '{model}' have {dimensions}. Use another name for it.");
        _isChecked = true;
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfStore(exception, cancellationToken))
        {
            throw new SkillVectorException($"The collection '{name}' with the vectors of skills in {Place} cannot be used: {exception.Message}", exception);
        }
    }

    // what is cancelled, but not by the caller, is a timeout of the client's
    private static bool IsOfStore(Exception exception, CancellationToken cancellationToken) =>
        exception is VectorStoreException or DbException or HttpRequestException or IOException or TimeoutException
        || exception is OperationCanceledException && !cancellationToken.IsCancellationRequested;

    private string Place => store.GetService(typeof(VectorStoreMetadata)) is VectorStoreMetadata { VectorStoreSystemName: { } system } of
        ? of.VectorStoreName is { } own ? $"{system} '{own}'" : system
        : "the vector store";
}
