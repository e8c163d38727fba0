using System.Collections.Concurrent;
using Microsoft.Extensions.AI;

namespace AgentRouter.Cli.Hosting.Embeddings;

/// <summary>Knows the calls of a generator that have not ended: who gave one up still waits until it is booked. Thread-safe.</summary>
internal sealed class PendingEmbeddings(IEmbeddingGenerator<string, Embedding<float>> inner) : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    private readonly ConcurrentDictionary<Task, bool> _calls = new();

    /// <inheritdoc/>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        Task<GeneratedEmbeddings<Embedding<float>>> call = base.GenerateAsync(values, options, cancellationToken);
        _calls[call] = true;
        try
        {
            return await call;
        }
        finally
        {
            _calls.TryRemove(call, out _);
        }
    }

    /// <summary>Waits until the calls that have begun have ended, whichever way.</summary>
    public async Task WaitAsync()
    {
        foreach (Task call in _calls.Keys)
            await call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
