using System.Buffers;
using AgentRouter.VectorStores.Records;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace AgentRouter.VectorStores.Qdrant;

/// <summary>The shapes of records that points can hold.</summary>
internal sealed class QdrantModelBuilder : StoreModelBuilder
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("<>:\"/\\|?*\0\u001f");

    protected override IReadOnlySet<Type> ScalarTypes => QdrantValues.ScalarTypes;

    protected override IReadOnlySet<Type> KeyTypes { get; } = new HashSet<Type> { typeof(Guid), typeof(ulong) };

    /// <summary>Refuses a name that Qdrant does not take, or that would be another path.</summary>
    /// <exception cref="ArgumentException">The name is empty, too long, or holds a forbidden character.</exception>
    public static string CheckName(string name) =>
        string.IsNullOrWhiteSpace(name) || name is "." or ".." || name.Length > QdrantDefaults.MaxNameLength || name.AsSpan().ContainsAny(Forbidden)
            ? throw new ArgumentException($"Qdrant does not take the name '{name}': names have 1 to {QdrantDefaults.MaxNameLength} characters, none of < > : \" / \\ | ? *, and are not '.' or '..'.")
            : name;

    protected override void ValidateProperty(PropertyModel propertyModel, VectorStoreCollectionDefinition? definition)
    {
        base.ValidateProperty(propertyModel, definition);
        if (propertyModel.StorageName.AsSpan().ContainsAny('"', '\\'))
            throw new NotSupportedException($"The property '{propertyModel.ModelName}' is stored as '{propertyModel.StorageName}'; Qdrant cannot address names with \" or \\.");
        if (propertyModel is not VectorPropertyModel vector)
            return;
        _ = QdrantDistance.Of(vector);
        string kind = vector.IndexKind ?? VectorStoreDefaults.IndexKind;
        if (kind is not (IndexKind.Hnsw or IndexKind.Flat))
            throw new NotSupportedException($"The index '{kind}' of '{vector.ModelName}' is not known to Qdrant; use {IndexKind.Hnsw} or {IndexKind.Flat}.");
    }
}
