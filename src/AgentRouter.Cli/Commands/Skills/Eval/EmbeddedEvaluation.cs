using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting.Embeddings;
using AgentRouter.Models;
using AgentRouter.Skills.Evaluation;

namespace AgentRouter.Cli.Commands.Skills.Eval;

/// <summary>A pool with the vectors of a model, and what it took to make them.</summary>
internal sealed class EmbeddedEvaluation : IDisposable
{
    private EmbeddedEvaluation(OpenEmbeddings embeddings, EmbeddedPool pool) => (Embeddings, Pool) = (embeddings, pool);

    /// <summary>Gets what made the vectors.</summary>
    public OpenEmbeddings Embeddings { get; }

    /// <summary>Gets the pool.</summary>
    public EmbeddedPool Pool { get; }

    /// <summary>Embeds a pool, where the budget allows it.</summary>
    /// <exception cref="UsageException">It costs more than it may.</exception>
    public static async Task<EmbeddedEvaluation> MakeAsync(
        CliContext context, EmbeddingChoice choice, EmbeddingProfile profile, EvaluationPool pool, IReadOnlyList<EvaluationTask> tasks, CancellationToken cancellationToken)
    {
        var estimate = new EmbeddingEstimate(profile, dimensions: 0);
        await EmbeddedPool.MakeAsync(pool, tasks, estimate, null, cancellationToken);
        choice.Check(profile, estimate);
        OpenEmbeddings embeddings = choice.Open(profile);
        try
        {
            using var progress = new SkillsProgress(context.Terminal.Error);
            return new EmbeddedEvaluation(embeddings, await EmbeddedPool.MakeAsync(pool, tasks, embeddings.Embedder, progress, cancellationToken));
        }
        catch
        {
            embeddings.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Embeddings.Dispose();
}
