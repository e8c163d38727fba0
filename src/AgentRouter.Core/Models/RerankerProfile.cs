namespace AgentRouter.Models;

/// <summary>What puts found skills into their final order, by name: a model in a folder of this machine that reads task and skill at once.</summary>
public sealed record RerankerProfile
{
    /// <summary>How many skills are judged when a profile does not say.</summary>
    public const int DefaultDepth = 20;

    /// <summary>The fewest skills that are worth judging: one has no order.</summary>
    public const int LeastDepth = 2;

    /// <summary>The most skills that are judged: as many as a search can find.</summary>
    public const int MaxDepth = 200;

    /// <summary>Gets the name by which commands and workflows call it.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the folder of an ONNX model, as an absolute path.</summary>
    public required string Onnx { get; init; }

    /// <summary>Gets where the model works: <c>auto</c>, <c>cpu</c> or <c>cuda</c>; <see langword="null"/> for what it chooses by itself.</summary>
    public string? Device { get; init; }

    /// <summary>Gets the tokens after which the model cuts task and skill off; <see langword="null"/> for the model's own limit.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Gets how many skills are judged, from <see cref="LeastDepth"/> to <see cref="MaxDepth"/>.</summary>
    public int Depth { get; init; } = DefaultDepth;
}
