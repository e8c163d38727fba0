using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace AgentRouter.VectorStores.Tests.Qdrant.Fakes;

/// <summary>What the server answers to a request that it does not take.</summary>
public sealed class FakeRefusalException(int status, string message) : Exception(message)
{
    public int Status => status;

    public static void Unless([DoesNotReturnIf(false)] bool condition, int status, string message)
    {
        if (!condition)
            throw new FakeRefusalException(status, message);
    }

    /// <summary>Refuses keys that are not documented, and the lack of those that are needed.</summary>
    public static void UnlessKeys(JsonObject body, string[] required, params string[] optional)
    {
        foreach (string key in required)
            Unless(body.ContainsKey(key), 400, $"Format error in JSON body: missing field `{key}`");
        foreach ((string key, _) in body)
            Unless(required.Contains(key) || optional.Contains(key), 400, $"Format error in JSON body: unknown field `{key}`");
    }
}
