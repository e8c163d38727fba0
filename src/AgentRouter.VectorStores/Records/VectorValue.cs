using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace AgentRouter.VectorStores.Records;

/// <summary>The types that hold a vector in a record, and the floats in them.</summary>
internal static class VectorValue
{
    public const string SupportedTypes = "ReadOnlyMemory<float>, float[] and Embedding<float>";

    public static bool IsVector(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(ReadOnlyMemory<float>) || type == typeof(float[]) || type == typeof(Embedding<float>);
    }

    /// <summary>Gets the floats of a vector; false when the value is none.</summary>
    public static bool TryRead(object? value, out ReadOnlyMemory<float> vector)
    {
        (bool isVector, vector) = value switch
        {
            ReadOnlyMemory<float> memory => (true, memory),
            float[] array => (true, array),
            Embedding<float> embedding => (true, embedding.Vector),
            _ => (false, default),
        };
        return isVector;
    }

    /// <summary>Makes the value that a property of this type holds.</summary>
    public static object Create(float[] vector, Type type)
    {
        if (type == typeof(float[]))
            return vector;
        return type == typeof(Embedding<float>) ? new Embedding<float>(vector) : new ReadOnlyMemory<float>(vector);
    }

    /// <summary>Refuses what the store could not compare.</summary>
    /// <exception cref="ArgumentException">The length is another one than that of the property, or a number is none.</exception>
    public static ReadOnlyMemory<float> Check(ReadOnlyMemory<float> vector, VectorPropertyModel property)
    {
        if (vector.Length != property.Dimensions)
            throw new ArgumentException($"The vector for '{property.ModelName}' has {vector.Length} dimensions; the collection's have {property.Dimensions}.");
        foreach (float value in vector.Span)
        {
            if (!float.IsFinite(value))
                throw new ArgumentException($"The vector for '{property.ModelName}' holds {value}, which is not a finite number.");
        }

        return vector;
    }
}
