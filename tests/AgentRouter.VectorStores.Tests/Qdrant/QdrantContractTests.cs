using AgentRouter.VectorStores.Qdrant;
using AgentRouter.VectorStores.Tests.Conformance;
using AgentRouter.VectorStores.Tests.Qdrant.Fakes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace AgentRouter.VectorStores.Tests.Qdrant;

/// <summary>The facts of every store, against a server that was written from Qdrant's documentation.</summary>
public sealed class QdrantContractTests : VectorStoreConformance
{
    private FakeQdrant _server = null!;

    public override async Task InitializeAsync()
    {
        _server = await FakeQdrant.StartAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _server.DisposeAsync();
    }

    protected override VectorStore CreateStore(IEmbeddingGenerator? generator = null) => new QdrantVectorStore(_server.Address, new() { ApiKey = FakeQdrant.Key, EmbeddingGenerator = generator });
}
