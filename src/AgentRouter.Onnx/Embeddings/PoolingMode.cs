namespace AgentRouter.Onnx.Embeddings;

/// <summary>How the vectors of a text's tokens become one.</summary>
internal enum PoolingMode
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The first one's.</summary>
    First,

    /// <summary>The last one's.</summary>
    Last,

    /// <summary>The largest number in each place.</summary>
    Largest,
}
