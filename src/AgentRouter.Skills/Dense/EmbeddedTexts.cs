using AgentRouter.Configuration;
using AgentRouter.Language.Vectors;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Text;

namespace AgentRouter.Skills.Dense;

/// <summary>A space that a user's own model makes of texts.</summary>
/// <param name="name">What made the vectors; see <see cref="ISkillEmbedder.Name"/>.</param>
/// <param name="dimensions">The numbers of a vector.</param>
internal sealed class EmbeddedTexts(string name, int dimensions) : VectorSpace
{
    /// <summary>Gets what made the vectors.</summary>
    public string Name => name;

    /// <inheritdoc/>
    public override int Dimensions => dimensions;

    /// <inheritdoc/>
    public override SegmentVectors VectorsOf(IndexSegment segment, IReadOnlyList<NewSkill> skills)
    {
        var ends = new int[skills.Count];
        for (int document = 0; document < ends.Length; document++)
            ends[document] = (document == 0 ? 0 : ends[document - 1]) + skills[document].Vectors.Count;
        int stride = Int8Rows.StrideOf(dimensions);
        var values = new sbyte[checked((ends.Length == 0 ? 0 : ends[^1]) * stride)];
        int row = 0;
        foreach (ReadOnlyMemory<float> vector in skills.SelectMany(skill => skill.Vectors))
            Int8Rows.Round(vector.Span, values.AsSpan(row++ * stride, stride));
        return new SegmentVectors(new Int8Rows(values, dimensions), ends);
    }

    /// <summary>Makes the vector of a query.</summary>
    /// <exception cref="ConfigurationException">The embedder is another one, or gave what cannot be a vector of this space.</exception>
    public async ValueTask<Int8Rows> VectorOfAsync(string query, ISkillEmbedder embedder, CancellationToken cancellationToken)
    {
        if (embedder.Name != name)
            throw new ConfigurationException($"The skills were embedded by '{name}', the task would be by '{embedder.Name}': their vectors cannot be compared. Use '{name}', or index the skills again.");
        string text = query[..Math.Min(query.Length, SkillPassages.LongestQuery)];
        IReadOnlyList<ReadOnlyMemory<float>> vectors = await CheckedEmbedding.OfAsync(embedder, [text], EmbeddingPurpose.Task, dimensions, cancellationToken).ConfigureAwait(false);
        return Int8Rows.Of(vectors[0].Span);
    }
}
