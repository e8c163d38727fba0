using System.Text.Json;

namespace AgentRouter.Routing.PolicyFiles;

/// <summary>What the state file of a policy is called and how its items are written.</summary>
/// <typeparam name="T">What is learned.</typeparam>
internal sealed record StateFormat<T>
    where T : class
{
    /// <summary>Gets the policy's name.</summary>
    public required string Policy { get; init; }

    /// <summary>Gets the version that is written and read.</summary>
    public required int Version { get; init; }

    /// <summary>Gets the name of the list of items.</summary>
    public required string Items { get; init; }

    /// <summary>Gets what an item needs, for messages: <c>a model and a score from 0 to 1</c>.</summary>
    public required string Needs { get; init; }

    /// <summary>Gets what reads an item from its object; <see langword="null"/> where it does not fit.</summary>
    public required Func<JsonElement, T?> Read { get; init; }

    /// <summary>Gets what makes the object that an item is written as.</summary>
    public required Func<T, object> Write { get; init; }

    /// <summary>Gets what the file says that it is.</summary>
    public string Format => "agentrouter." + Policy;
}
