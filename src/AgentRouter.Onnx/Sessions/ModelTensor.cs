namespace AgentRouter.Onnx.Sessions;

/// <summary>An input or output that a model declares.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its numbers.</param>
/// <param name="Rank">The number of its dimensions.</param>
internal sealed record ModelTensor(string Name, Type Type, int Rank);

/// <summary>What a model gave: numbers, row by row.</summary>
/// <param name="Values">The numbers.</param>
/// <param name="Shape">How many there are in each dimension.</param>
internal sealed record ModelOutput(float[] Values, IReadOnlyList<int> Shape);
