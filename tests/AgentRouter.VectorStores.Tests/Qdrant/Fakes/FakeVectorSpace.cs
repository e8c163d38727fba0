using System.Text.Json.Nodes;

namespace AgentRouter.VectorStores.Tests.Qdrant.Fakes;

/// <summary>The vectors of one name: how long they are and how they compare.</summary>
internal sealed class FakeVectorSpace
{
    private readonly int _size;
    private readonly string _distance;

    public FakeVectorSpace(JsonObject body)
    {
        FakeRefusalException.UnlessKeys(body, ["size", "distance"], "hnsw_config");
        (_size, _distance) = ((int)body["size"]!, (string)body["distance"]!);
        FakeRefusalException.Unless(_size > 0 && _distance is "Cosine" or "Dot" or "Euclid" or "Manhattan", 400, "Format error in JSON body: vectors");
        if (body["hnsw_config"] is JsonObject index)
            FakeRefusalException.UnlessKeys(index, ["m"]);
    }

    public bool HigherIsCloser => _distance is "Cosine" or "Dot";

    /// <summary>Reads a vector; what is compared by its angle is kept with length one, as the real server keeps it.</summary>
    public float[] Accept(JsonArray json)
    {
        float[] vector = [.. json.Select(value => (float)value!)];
        FakeRefusalException.Unless(vector.Length == _size, 400, $"Wrong input: Vector dimension error: expected dim: {_size}, got {vector.Length}");
        float length = MathF.Sqrt(vector.Sum(value => value * value));
        return _distance == "Cosine" && length > 0 ? [.. vector.Select(value => value / length)] : vector;
    }

    public double Score(float[] left, float[] right) => _distance switch
    {
        "Euclid" => Math.Sqrt(left.Zip(right, (a, b) => (double)(a - b) * (a - b)).Sum()),
        "Manhattan" => left.Zip(right, (a, b) => Math.Abs((double)a - b)).Sum(),
        _ => left.Zip(right, (a, b) => (double)a * b).Sum(),
    };
}
