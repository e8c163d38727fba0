using AgentRouter.Language.Vectors;
using AgentRouter.Skills.Index;

namespace AgentRouter.Skills.Dense.Stored;

/// <summary>A random sample of a library with its vectors, which are read from the store once.</summary>
/// <remarks>Hashes of content are spread evenly, so the skills with the lowest are a random sample (as in A. Broder, "On the resemblance and containment of documents",
/// 1997), the same on each machine; when a library changes a little, its sample does too.</remarks>
internal sealed class LibrarySample
{
    private volatile Drawn? _drawn;

    /// <summary>Computes the cosine of each sampled skill's nearest text with a task.</summary>
    /// <param name="index">The library.</param>
    /// <param name="task">Rows of one vector, the task's.</param>
    /// <param name="table">Where vectors are read from that are not known yet.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<Dictionary<ContentHash, float>> CosinesAsync(SkillIndex index, Int8Rows task, StoredTable table, CancellationToken cancellationToken)
    {
        Drawn? drawn = _drawn;
        if (drawn?.Index != index)
            _drawn = drawn = await DrawAsync(index, drawn, table, cancellationToken).ConfigureAwait(false);
        var cosines = new Dictionary<ContentHash, float>();
        float[] cosine = [0];
        foreach ((ContentHash skill, SegmentVectors vectors) in drawn.Vectors)
        {
            vectors.Compare(task, cosine);
            cosines[skill] = cosine[0];
        }

        return cosines;
    }

    /// <summary>Forgets the sample: the store has changed.</summary>
    public void Clear() => _drawn = null;

    private static async Task<Drawn> DrawAsync(SkillIndex index, Drawn? before, StoredTable table, CancellationToken cancellationToken)
    {
        ContentHash[] skills = [.. StoredLibrary.Of(index).Keys.OrderBy(skill => (skill.First, skill.Second)).Take(StoredDefaults.SampledSkills)];
        var vectors = skills.Where(skill => before?.Vectors.ContainsKey(skill) == true).ToDictionary(skill => skill, skill => before!.Vectors[skill]);
        foreach ((ContentHash skill, Int8Rows rows) in await table.ReadAsync([.. skills.Where(skill => !vectors.ContainsKey(skill))], cancellationToken).ConfigureAwait(false))
            vectors[skill] = new SegmentVectors(rows, [rows.Count]);
        return new Drawn(index, vectors);
    }

    private sealed record Drawn(SkillIndex Index, IReadOnlyDictionary<ContentHash, SegmentVectors> Vectors);
}
