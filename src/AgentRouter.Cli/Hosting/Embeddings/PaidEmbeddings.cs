using Microsoft.Extensions.AI;

namespace AgentRouter.Cli.Hosting.Embeddings;

/// <summary>Makes vectors that are paid from a command's own task.</summary>
/// <param name="inner">What makes them, and spends from the task that is current.</param>
/// <param name="task">The task.</param>
internal sealed class PaidEmbeddings(IEmbeddingGenerator<string, Embedding<float>> inner, EmbeddingTask task) : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    /// <inheritdoc/>
    public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        task.PayAsync(() => base.GenerateAsync(values, options, cancellationToken));
}
