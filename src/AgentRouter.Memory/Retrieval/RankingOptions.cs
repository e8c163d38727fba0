using AgentRouter.Memory.Retrieval.Aid;
using AgentRouter.Memory.Retrieval.Weights;

namespace AgentRouter.Memory.Retrieval;

/// <summary>How a question is ranked.</summary>
internal sealed record RankingOptions
{
    /// <summary>Gets the weights that are set by hand, all parts, and nobody who is told.</summary>
    public static RankingOptions Default { get; } = new();

    /// <summary>Gets what counts how much.</summary>
    public MemoryWeights Weights { get; init; } = MemoryWeights.Default;

    /// <summary>Gets the parts of the ranking; all of them but where each is measured.</summary>
    public RankingParts Parts { get; init; } = RankingParts.All;

    /// <summary>Gets what helps beyond the words of the question, if anything does.</summary>
    public RankingAid? Aid { get; init; }

    /// <summary>Gets who is told what speaks for each node that is ranked, as numbers; <see langword="null"/> for nobody.</summary>
    public Action<int, double[]>? Found { get; init; }
}
