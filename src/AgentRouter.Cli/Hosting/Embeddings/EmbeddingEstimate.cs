using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Embeddings;
using AgentRouter.Skills.Dense;
using AgentRouter.Tokens;

namespace AgentRouter.Cli.Hosting.Embeddings;

/// <summary>Stands in for an embedder to find out what it would be asked, and what that costs. It asks nobody.</summary>
/// <param name="profile">What would embed.</param>
/// <param name="dimensions">The numbers of a vector, where others are there already; else any.</param>
internal sealed class EmbeddingEstimate(EmbeddingProfile profile, int dimensions) : ISkillEmbedder
{
    private readonly ReadOnlyMemory<float> _any = Enumerable.Repeat(1f, Math.Max(1, dimensions)).ToArray();

    /// <inheritdoc/>
    public string Name => profile.VectorName;

    /// <summary>Gets how many texts would be embedded.</summary>
    public long Texts { get; private set; }

    /// <summary>Gets the most tokens that they can be billed as.</summary>
    public long WorstTokens { get; private set; }

    /// <summary>Gets about how many tokens they have.</summary>
    public long LikelyTokens => (long)(WorstTokens * ByteBoundTokenCounter.Instance.TypicalShare);

    /// <summary>Gets about what that costs.</summary>
    public Money Likely => CostOf(LikelyTokens);

    /// <summary>Gets the most that it can cost, where no call has to be made twice.</summary>
    public Money Worst => CostOf(WorstTokens);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, EmbeddingPurpose purpose, CancellationToken cancellationToken)
    {
        string prefix = (purpose == EmbeddingPurpose.Task ? profile.TaskPrefix : profile.SkillPrefix) ?? "";
        foreach (string[] batch in texts.Chunk(profile.Batch))
            WorstTokens += MeteredEmbeddingGenerator.WorstTokens(batch.Select(text => prefix + text));
        Texts += texts.Count;
        return Task.FromResult<IReadOnlyList<ReadOnlyMemory<float>>>([.. Enumerable.Repeat(_any, texts.Count)]);
    }

    private Money CostOf(long tokens) => profile.Prices.CostOf(new TokenUsage(tokens, 0, 0, 0));
}
