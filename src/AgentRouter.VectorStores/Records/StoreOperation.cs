using Microsoft.Extensions.VectorData;

namespace AgentRouter.VectorStores.Records;

/// <summary>Runs what a store does, and says in one way what failed.</summary>
/// <param name="system">The system's name.</param>
/// <param name="store">The store's own name; null when it has none.</param>
/// <param name="collection">The collection; null for what concerns the whole store.</param>
/// <param name="explain">Tells why an operation failed, without a secret; null for an exception that is not the server's.</param>
internal sealed class StoreOperation(string system, string? store, string? collection, Func<Exception, string?> explain)
{
    /// <summary>Runs an operation.</summary>
    /// <exception cref="VectorStoreException">The server could not be reached, or refused.</exception>
    public async Task<T> RunAsync<T>(string operation, Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception exception) when (exception is not OperationCanceledException && explain(exception) is { } reason)
        {
            string where = collection is null ? "" : $" on collection '{collection}'";
            throw new VectorStoreException($"{operation}{where} failed in {system}: {reason}", exception)
            {
                VectorStoreSystemName = system,
                VectorStoreName = store,
                CollectionName = collection,
                OperationName = operation,
            };
        }
    }
}
