using AgentRouter.Onnx.Tokenizing;

namespace AgentRouter.Onnx.Sessions;

/// <summary>A model that is loaded. Safe for threads.</summary>
internal interface IModelSession : IDisposable
{
    /// <summary>Gets what the model takes.</summary>
    IReadOnlyList<ModelTensor> Inputs { get; }

    /// <summary>Gets what the model gives.</summary>
    IReadOnlyList<ModelTensor> Outputs { get; }

    /// <summary>Gets how many tokens a batch may have at first, padding counted.</summary>
    int BatchTokens { get; }

    /// <summary>Runs the model.</summary>
    /// <param name="batch">The texts.</param>
    /// <param name="output">The output that is read.</param>
    /// <exception cref="ModelMemoryException">The device has not enough memory for so many tokens.</exception>
    ModelOutput Run(TokenBatch batch, string output);
}
