using System.Text;
using AgentRouter.VectorStores.Records;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace AgentRouter.VectorStores.Postgres;

/// <summary>The shapes of records that a table can hold.</summary>
internal sealed class PostgresModelBuilder : StoreModelBuilder
{
    protected override IReadOnlySet<Type> ScalarTypes => PostgresTypes.ScalarTypes;

    protected override IReadOnlySet<Type> KeyTypes => PostgresTypes.KeyTypes;

    /// <summary>Refuses a name that the server would cut, or could not take.</summary>
    /// <exception cref="ArgumentException">The name is empty, longer than 63 bytes, or holds a zero.</exception>
    public static string CheckName(string name, string what)
    {
        if (string.IsNullOrWhiteSpace(name))
            throw new ArgumentException($"The name of {what} is empty.");
        if (name.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException($"The name of {what} holds a zero character.");
        return Encoding.UTF8.GetByteCount(name) <= PostgresDefaults.MaxNameBytes
            ? name
            : throw new ArgumentException($"The name of {what}, '{name}', is longer than {PostgresDefaults.MaxNameBytes} bytes; PostgreSQL would cut it.");
    }

    protected override void ValidateProperty(PropertyModel propertyModel, VectorStoreCollectionDefinition? definition)
    {
        base.ValidateProperty(propertyModel, definition);
        CheckName(propertyModel.StorageName, $"the column of '{propertyModel.ModelName}'");
        if (propertyModel is VectorPropertyModel vector)
            Validate(vector);
    }

    private static void Validate(VectorPropertyModel vector)
    {
        _ = PostgresDistance.Of(vector);
        string kind = vector.IndexKind ?? VectorStoreDefaults.IndexKind;
        if (kind is not (IndexKind.Hnsw or IndexKind.Flat))
            throw new NotSupportedException($"The index '{kind}' of '{vector.ModelName}' is not made here; use {IndexKind.Hnsw} or {IndexKind.Flat}.");
        if (vector.Dimensions > PostgresDefaults.MaxDimensions)
            throw new NotSupportedException($"The vector '{vector.ModelName}' has {vector.Dimensions} dimensions; pgvector stores {PostgresDefaults.MaxDimensions} at most.");
        if (kind == IndexKind.Hnsw && vector.Dimensions > PostgresDefaults.MaxIndexedDimensions)
            throw new NotSupportedException($"The vector '{vector.ModelName}' has {vector.Dimensions} dimensions; pgvector indexes {PostgresDefaults.MaxIndexedDimensions} at most. Shorten the embeddings, or set IndexKind to {IndexKind.Flat}.");
    }
}
