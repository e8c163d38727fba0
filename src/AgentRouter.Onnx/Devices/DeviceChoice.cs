using AgentRouter.Configuration;

namespace AgentRouter.Onnx.Devices;

/// <summary>Decides what a model runs on.</summary>
internal static class DeviceChoice
{
    /// <summary>The name that the native library gives to CUDA devices.</summary>
    public const string CudaProvider = "CUDAExecutionProvider";

    private const string Install =
        "It needs the package Microsoft.ML.OnnxRuntime.Gpu in place of Microsoft.ML.OnnxRuntime (build with -p:UseGpu=true), an NVIDIA driver, and CUDA 12 with cuDNN 9 where the loader finds them.";

    /// <summary>Decides.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="providers">What the native library offers.</param>
    /// <returns>Whether to use a CUDA device.</returns>
    /// <exception cref="ConfigurationException">CUDA is required and not offered.</exception>
    public static bool IsCuda(OnnxSessionOptions options, IReadOnlyCollection<string> providers)
    {
        if (options.Device == OnnxDevice.Cpu)
            return false;
        if (providers.Contains(CudaProvider))
            return true;
        if (options.Device == OnnxDevice.Cuda)
            FallBack(options, $"its native library offers only {string.Join(", ", providers)}");
        return false;
    }

    /// <summary>Goes on without CUDA, and says so.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="reason">Why there is none.</param>
    /// <param name="cause">What was thrown.</param>
    /// <exception cref="ConfigurationException">CUDA is required.</exception>
    public static void FallBack(OnnxSessionOptions options, string reason, Exception? cause = null)
    {
        string message = $"ONNX Runtime cannot use a CUDA device: {reason}. {Install}";
        if (options is { Device: OnnxDevice.Cuda, RequireDevice: true })
            throw new ConfigurationException(message, cause);
        options.Report?.Invoke($"{message} The processor is used instead.");
    }
}
