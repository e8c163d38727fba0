using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace AgentRouter.VectorStores.Records;

/// <summary>The vectors of some records: read from them, or generated from what they hold in a vector's place.</summary>
internal sealed class RecordVectors
{
    private readonly Dictionary<VectorPropertyModel, ReadOnlyMemory<float>?[]> _vectors = [];

    private RecordVectors()
    {
    }

    /// <summary>Gets the vectors of all records. The embedding generator is asked once for each property.</summary>
    /// <exception cref="ArgumentException">A vector has the wrong length or holds no finite number.</exception>
    public static async Task<RecordVectors> ReadAsync<TRecord>(CollectionModel model, IReadOnlyList<TRecord> records, CancellationToken cancellationToken)
        where TRecord : class
    {
        var vectors = new RecordVectors();
        foreach (VectorPropertyModel property in model.VectorProperties)
        {
            object?[] values = [.. records.Select(property.GetValueAsObject)];
            if (!VectorValue.IsVector(property.Type))
                values = await GenerateAsync(property, values, cancellationToken);
            vectors._vectors[property] = Array.ConvertAll(values, value => ToVector(value, property));
        }

        return vectors;
    }

    /// <summary>Gets a record's vector; null when it has none.</summary>
    public ReadOnlyMemory<float>? Of(VectorPropertyModel property, int record) => _vectors[property][record];

    private static ReadOnlyMemory<float>? ToVector(object? value, VectorPropertyModel property)
    {
        if (value is null)
            return null;
        return VectorValue.TryRead(value, out ReadOnlyMemory<float> vector)
            ? VectorValue.Check(vector, property)
            : throw new ArgumentException($"The value of '{property.ModelName}' is of type {value.GetType().Name}; vectors are {VectorValue.SupportedTypes}.");
    }

    private static async Task<object?[]> GenerateAsync(VectorPropertyModel property, object?[] values, CancellationToken cancellationToken)
    {
        object[] inputs = [.. values.OfType<object>()];
        if (inputs.Length == 0)
            return values;
        IReadOnlyList<Embedding> embeddings = await property.GenerateEmbeddingsAsync(inputs, cancellationToken);
        if (embeddings.Count != inputs.Length)
            throw new InvalidOperationException($"The embedding generator of '{property.ModelName}' gave {embeddings.Count} embeddings for {inputs.Length} values.");
        int next = 0;
        return Array.ConvertAll(values, value => value is null ? null : (object)embeddings[next++]);
    }
}
