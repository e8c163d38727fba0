using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace AgentRouter.VectorStores.Records;

/// <summary>Reads the shape of a record from its attributes or from a definition, and checks that the store can hold it. Keys are set by the
/// caller: a store that made them could not tell a forgotten key from a new record.</summary>
internal abstract class StoreModelBuilder() : CollectionModelBuilder(new() { RequiresAtLeastOneVector = true, SupportsMultipleVectors = true })
{
    /// <summary>Gets the types of single values, besides those of keys.</summary>
    protected abstract IReadOnlySet<Type> ScalarTypes { get; }

    protected abstract IReadOnlySet<Type> KeyTypes { get; }

    protected override IReadOnlyList<EmbeddingGenerationDispatcher> EmbeddingGenerationDispatchers { get; } = [EmbeddingGenerationDispatcher.Create<Embedding<float>>()];

    public CollectionModel Build<TKey, TRecord>(VectorStoreCollectionDefinition? definition, IEmbeddingGenerator? generator)
    {
        if (typeof(TRecord) != typeof(Dictionary<string, object?>))
            return Build(typeof(TRecord), typeof(TKey), definition, generator);
        return definition is null
            ? throw new ArgumentException("Records that are dictionaries need a definition of their properties.", nameof(definition))
            : BuildDynamic(definition, generator);
    }

    protected override bool SupportsKeyAutoGeneration(Type keyPropertyType) => false;

    protected override void ValidateKeyProperty(KeyPropertyModel keyProperty)
    {
        base.ValidateKeyProperty(keyProperty);
        if (!KeyTypes.Contains(keyProperty.Type))
            throw new NotSupportedException($"The key '{keyProperty.ModelName}' is of type {keyProperty.Type.Name}; keys are {Names(KeyTypes)}.");
    }

    protected override void ValidateProperty(PropertyModel propertyModel, VectorStoreCollectionDefinition? definition)
    {
        base.ValidateProperty(propertyModel, definition);
        if (propertyModel is DataPropertyModel { IsFullTextIndexed: true } && propertyModel.Type != typeof(string))
            throw new NotSupportedException($"The property '{propertyModel.ModelName}' is indexed for full text, but is no string.");
        if (propertyModel is VectorPropertyModel { Dimensions: <= 0 })
            throw new NotSupportedException($"The vector '{propertyModel.ModelName}' needs at least one dimension.");
    }

    protected override bool IsDataPropertyTypeValid(Type type, [NotNullWhen(false)] out string? supportedTypes)
    {
        supportedTypes = $"{Names(ScalarTypes)}, nullable, and arrays and lists of them";
        return ScalarTypes.Contains(Nullable.GetUnderlyingType(type) ?? type) || (RecordTypes.ElementOf(type) is { } element && ScalarTypes.Contains(element));
    }

    protected override bool IsVectorPropertyTypeValid(Type type, [NotNullWhen(false)] out string? supportedTypes)
    {
        supportedTypes = VectorValue.SupportedTypes;
        return VectorValue.IsVector(type);
    }

    private static string Names(IReadOnlySet<Type> types) => string.Join(", ", types.Select(type => type.Name).Order(StringComparer.Ordinal));
}
