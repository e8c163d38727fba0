using AgentRouter.Skills.Index;

namespace AgentRouter.Skills.Dense.Stored;

/// <summary>The space of vectors that are in a store: the index has none of them.</summary>
/// <param name="dimensions">The numbers of a vector.</param>
internal sealed class StoredVectors(int dimensions) : VectorSpace
{
    /// <inheritdoc/>
    public override int Dimensions => dimensions;

    /// <inheritdoc/>
    public override SegmentVectors VectorsOf(IndexSegment segment, IReadOnlyList<NewSkill> skills) =>
        throw new InvalidOperationException("Skills are not added to an index whose vectors are in a store.");
}
