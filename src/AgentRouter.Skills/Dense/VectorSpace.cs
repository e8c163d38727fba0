using AgentRouter.Language.Vectors;
using AgentRouter.Skills.Index;

namespace AgentRouter.Skills.Dense;

/// <summary>Where the vectors of an index come from: only vectors of one space can be compared.</summary>
internal abstract class VectorSpace
{
    /// <summary>Gets the numbers of a vector.</summary>
    public abstract int Dimensions { get; }

    /// <summary>Makes the vectors of new documents.</summary>
    /// <param name="segment">The documents' terms.</param>
    /// <param name="skills">The documents.</param>
    public abstract SegmentVectors VectorsOf(IndexSegment segment, IReadOnlyList<NewSkill> skills);

    /// <summary>Makes the vector of a query where the space can do so by itself.</summary>
    /// <returns>Rows of one vector, or <see langword="null"/> when it cannot, or no word of the query is known.</returns>
    public virtual Int8Rows? VectorOf(string query) => null;

    /// <summary>Gets the space after documents have come or gone.</summary>
    /// <param name="documents">How many.</param>
    public virtual VectorSpace Changed(int documents) => this;
}
