using AgentRouter.VectorStores.Postgres;
using AgentRouter.VectorStores.Tests.Conformance;
using AgentRouter.VectorStores.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace AgentRouter.VectorStores.Tests.Postgres;

[NeedsPgvector]
[Collection(PgvectorServerUse.Name)]
public sealed class PostgresConformanceTests(PgvectorServer server) : VectorStoreConformance
{
    protected override IReadOnlyList<string> StrangeNames => [.. base.StrangeNames, "a\"b\"; DROP TABLE x; --", "back\\slash", "/slash?", new string('x', 63)];

    protected override VectorStore CreateStore(IEmbeddingGenerator? generator = null) => new PostgresVectorStore(server.DataSource, new() { EmbeddingGenerator = generator });
}
