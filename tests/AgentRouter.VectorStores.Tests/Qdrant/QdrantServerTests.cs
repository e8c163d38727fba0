using AgentRouter.VectorStores.Qdrant;
using AgentRouter.VectorStores.Tests.Conformance;
using AgentRouter.VectorStores.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace AgentRouter.VectorStores.Tests.Qdrant;

/// <summary>The facts of every store, against a real server, where there is one.</summary>
[NeedsQdrant]
public sealed class QdrantServerTests : VectorStoreConformance
{
    public override Task DisposeAsync() => NeedsQdrantAttribute.Address is null ? Task.CompletedTask : base.DisposeAsync();

    protected override VectorStore CreateStore(IEmbeddingGenerator? generator = null) =>
        new QdrantVectorStore(new Uri(NeedsQdrantAttribute.Address!), new() { ApiKey = Environment.GetEnvironmentVariable("QDRANT_API_KEY"), EmbeddingGenerator = generator });
}

/// <summary>Says that a class needs a real Qdrant.</summary>
public sealed class NeedsQdrantAttribute : NeedsAttribute
{
    public static string? Address { get; } = Environment.GetEnvironmentVariable("QDRANT_URL") is { Length: > 0 } url ? url : null;

    public override string? Missing => Address is null ? "a real Qdrant is missing: set QDRANT_URL (and QDRANT_API_KEY) to one; what is made in it is deleted again" : null;
}
