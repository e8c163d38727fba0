using AgentRouter.Failures;
using AgentRouter.Models;
using AgentRouter.Providers.Calls;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Embeddings;

/// <summary>Stands around an SDK's generator: names the model, keeps the time, checks what comes, and classifies every failure.</summary>
/// <remarks>Throws <see cref="ModelCallException"/> or, when the caller's token is cancelled, <see cref="OperationCanceledException"/>. Never retries.</remarks>
internal sealed class ProviderEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner, ProviderLine line, EmbeddingConnection connection)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    private readonly EmbeddingGeneratorMetadata _metadata = new(connection.Settings.Name, line.BaseUrl, connection.Profile.ModelId, connection.Profile.Dimensions);

    /// <inheritdoc/>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string[] texts = [.. values];
        using var timeout = new CancellationTokenSource(connection.Settings.Timeout, connection.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        CallTrace trace = line.Handler.Watch(linked.Token);
        GeneratedEmbeddings<Embedding<float>> embeddings;
        try
        {
            embeddings = await base.GenerateAsync(texts, Prepare(options), linked.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw timeout.IsCancellationRequested && exception is not ModelCallException ? line.Failures.TimedOut(trace) : line.Failures.FromException(exception, trace);
        }

        Check(embeddings, texts.Length);
        return embeddings;
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata : base.GetService(serviceType, serviceKey);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            line.Http.Dispose();
    }

    private EmbeddingGenerationOptions Prepare(EmbeddingGenerationOptions? options)
    {
        EmbeddingGenerationOptions prepared = options?.Clone() ?? new EmbeddingGenerationOptions();
        prepared.ModelId = connection.Profile.ModelId;
        prepared.Dimensions = connection.Profile.Dimensions;
        return prepared;
    }

    private void Check(GeneratedEmbeddings<Embedding<float>> embeddings, int texts)
    {
        if (embeddings.Count != texts)
            throw line.Failures.Malformed($"it gave {embeddings.Count} vectors for {texts} texts.");
        int? expected = connection.Profile.Dimensions;
        foreach (Embedding<float> embedding in embeddings)
        {
            int length = embedding.Vector.Length;
            if (length is 0 or > EmbeddingProfile.MaxDimensions)
                throw line.Failures.Malformed($"it gave a vector of {length} numbers; there should be 1 to {EmbeddingProfile.MaxDimensions}.");
            if (length != (expected ??= length))
                throw line.Failures.Malformed($"it gave a vector of {length} numbers where {expected} were expected.");
            if (!IsFinite(embedding.Vector.Span))
                throw line.Failures.Malformed("it gave a vector with something that is no finite number.");
        }
    }

    private static bool IsFinite(ReadOnlySpan<float> vector)
    {
        foreach (float number in vector)
        {
            if (!float.IsFinite(number))
                return false;
        }

        return true;
    }
}
