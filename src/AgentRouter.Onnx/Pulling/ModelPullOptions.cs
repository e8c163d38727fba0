namespace AgentRouter.Onnx.Pulling;

/// <summary>What is fetched, and where to.</summary>
public sealed record ModelPullOptions
{
    /// <summary>The hub that is asked when no other is named.</summary>
    public const string DefaultHub = "https://huggingface.co";

    /// <summary>Gets the folder that the model goes to.</summary>
    public required string Folder { get; init; }

    /// <summary>Gets the hub's address: https, or http on this machine.</summary>
    public string Hub { get; init; } = DefaultHub;

    /// <summary>Gets the model's file, such as <c>onnx/model_quantized.onnx</c>; <c>model.onnx</c> or <c>onnx/model.onnx</c> when <see langword="null"/>.</summary>
    public string? ModelFile { get; init; }

    /// <summary>Gets the file with the lock: where it is there, exactly its bytes must come, else it is written. The lock in the folder when <see langword="null"/>.</summary>
    public string? LockFile { get; init; }

    /// <summary>Gets the token for models that are not for everybody. It is shown to the hub and to nobody else.</summary>
    public string? Token { get; init; }

    /// <summary>Says everything but the token.</summary>
    public override string ToString() => $"{Hub} to {Folder}";
}

/// <summary>How far a pull is.</summary>
/// <param name="File">The file that comes.</param>
/// <param name="Bytes">The bytes that are there, of all files.</param>
/// <param name="TotalBytes">The bytes of all files.</param>
public readonly record struct PullProgress(string File, long Bytes, long TotalBytes);

/// <summary>What came of a pull.</summary>
/// <param name="Lock">The model's files.</param>
/// <param name="Fetched">How many of them were fetched; the others were there.</param>
/// <param name="WasLocked">Whether a lock said which bytes must come.</param>
public sealed record PulledModel(ModelLock Lock, int Fetched, bool WasLocked);
