using System.Net;

namespace AgentRouter.VectorStores.Qdrant;

/// <summary>What Qdrant refused, or what was no answer of Qdrant's. Callers get it as the cause of a <see cref="Microsoft.Extensions.VectorData.VectorStoreException"/>.</summary>
internal sealed class QdrantException(string message, HttpStatusCode? status = null, Exception? cause = null) : Exception(message, cause)
{
    public HttpStatusCode? Status => status;
}
