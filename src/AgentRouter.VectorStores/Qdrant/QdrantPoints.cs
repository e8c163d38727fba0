using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.VectorStores.Records;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace AgentRouter.VectorStores.Qdrant;

/// <summary>Records as points: the key is the id, vectors go by their names, all else is the payload. What is null is written as null, so that filters can ask for it.</summary>
internal static class QdrantPoints
{
    /// <summary>Writes the requests that hold these records, each closed once it is long enough.</summary>
    /// <exception cref="ArgumentException">A record has no key.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Write<TRecord>(CollectionModel model, IReadOnlyList<TRecord> records, RecordVectors vectors)
        where TRecord : class
    {
        int[] last = StoreKey.LastOfEach(model, records);
        return WriteRequests(model, records, vectors, last);
    }

    /// <summary>Reads a point.</summary>
    public static TRecord Read<TRecord>(CollectionModel model, JsonElement point)
        where TRecord : class
    {
        TRecord record = model.CreateRecord<TRecord>()!;
        model.KeyProperty.SetValueAsObject(record, QdrantValues.FromJson(point.GetProperty("id"), model.KeyProperty.Type));
        JsonElement payload = point.GetProperty("payload");
        foreach (DataPropertyModel property in model.DataProperties)
        {
            if (payload.TryGetProperty(property.StorageName, out JsonElement value) && value.ValueKind != JsonValueKind.Null)
                property.SetValueAsObject(record, QdrantValues.FromJson(value, property.Type));
            else if (RecordTypes.CanBeNull(property.Type))
                property.SetValueAsObject(record, null);
        }

        if (point.TryGetProperty("vector", out JsonElement vectors) && vectors.ValueKind == JsonValueKind.Object)
            ReadVectors(model, record, vectors);
        return record;
    }

    public static JsonArray Ids(Array keys) => [.. keys.Cast<object>().Select(QdrantValues.ToJson)];

    private static void ReadVectors<TRecord>(CollectionModel model, TRecord record, JsonElement vectors)
        where TRecord : class
    {
        foreach (VectorPropertyModel property in model.VectorProperties)
        {
            if (vectors.TryGetProperty(property.StorageName, out JsonElement vector))
                property.SetValueAsObject(record, VectorValue.Create([.. vector.EnumerateArray().Select(value => value.GetSingle())], property.Type));
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> WriteRequests<TRecord>(CollectionModel model, IReadOnlyList<TRecord> records, RecordVectors vectors, int[] indexes)
        where TRecord : class
    {
        for (int next = 0; next < indexes.Length;)
        {
            var buffer = new ArrayBufferWriter<byte>();
            using var json = new Utf8JsonWriter(buffer);
            json.WriteStartObject();
            json.WriteStartArray("points");
            do
            {
                WritePoint(json, model, records[indexes[next]], indexes[next], vectors);
                next++;
            }
            while (next < indexes.Length && json.BytesCommitted + json.BytesPending < QdrantDefaults.RequestBytes);
            json.WriteEndArray();
            json.WriteEndObject();
            json.Flush();
            yield return buffer.WrittenMemory;
        }
    }

    private static void WritePoint<TRecord>(Utf8JsonWriter json, CollectionModel model, TRecord record, int index, RecordVectors vectors)
        where TRecord : class
    {
        json.WriteStartObject();
        json.WritePropertyName("id");
        QdrantValues.ToJson(StoreKey.Of(model, record)).WriteTo(json);
        json.WriteStartObject("vector");
        foreach (VectorPropertyModel property in model.VectorProperties)
        {
            if (vectors.Of(property, index) is not { } vector)
                continue;
            json.WriteStartArray(property.StorageName);
            foreach (float value in vector.Span)
                json.WriteNumberValue(value);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteStartObject("payload");
        foreach (DataPropertyModel property in model.DataProperties)
            WriteValue(json, property.StorageName, property.GetValueAsObject(record));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        JsonNode? node = value switch
        {
            null => null,
            System.Collections.IEnumerable list and not string => new JsonArray([.. list.Cast<object?>().Select(item => item is null ? null : QdrantValues.ToJson(item))]),
            _ => QdrantValues.ToJson(value),
        };
        if (node is null)
            json.WriteNullValue();
        else
            node.WriteTo(json);
    }
}
