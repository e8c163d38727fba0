namespace AgentRouter.Onnx.Devices;

/// <summary>What a model runs on.</summary>
public enum OnnxDevice
{
    /// <summary>A CUDA device where the native library offers one, else the processor.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>A CUDA device.</summary>
    Cuda,
}
