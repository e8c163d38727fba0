using AgentRouter.Memory.Embeddings;
using Microsoft.Extensions.AI;

namespace AgentRouter.Cli.Hosting.Embeddings;

/// <summary>Embeds what runs ask their memory. What embeds is opened for the first task: most runs need none, and a model takes a moment to load.</summary>
/// <param name="open">Opens it, or gives what is open.</param>
internal sealed class TaskEmbeddings(Func<OpenEmbeddings> open) : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        // what a model wants before a task may stand in its folder
        MemoryEmbeddings opened = open().OfMemory;
        return opened.Generator.GenerateAsync(values.Select(text => opened.QuestionPrefix + text), options, cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    /// <summary>Does nothing: what was opened belongs to whoever opens it.</summary>
    public void Dispose()
    {
    }
}
