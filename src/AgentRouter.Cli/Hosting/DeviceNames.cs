using AgentRouter.Onnx.Devices;

namespace AgentRouter.Cli.Hosting;

/// <summary>The names of devices in the configuration.</summary>
internal static class DeviceNames
{
    /// <summary>Reads a name that the configuration has checked; without one the model chooses.</summary>
    public static OnnxDevice Read(string? name) => name switch { "cpu" => OnnxDevice.Cpu, "cuda" => OnnxDevice.Cuda, _ => OnnxDevice.Auto };
}
