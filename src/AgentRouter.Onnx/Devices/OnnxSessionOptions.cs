using AgentRouter.Configuration;

namespace AgentRouter.Onnx.Devices;

/// <summary>Where and how a model runs.</summary>
public record OnnxSessionOptions
{
    /// <summary>Gets what the model runs on.</summary>
    public OnnxDevice Device { get; init; }

    /// <summary>Gets the number of the CUDA device, from 0.</summary>
    public int DeviceId { get; init; }

    /// <summary>Gets whether it is an error when <see cref="OnnxDevice.Cuda"/> is asked for and not there. Otherwise the processor is used, and <see cref="Report"/> told.</summary>
    public bool RequireDevice { get; init; }

    /// <summary>Gets how many threads compute one batch; as many as the machine has cores when <see langword="null"/>.</summary>
    public int? Threads { get; init; }

    /// <summary>Gets the model's file in the folder, such as <c>onnx/model_quantized.onnx</c>; <c>model.onnx</c> or <c>onnx/model.onnx</c> when <see langword="null"/>.</summary>
    public string? ModelFile { get; init; }

    /// <summary>Gets the most tokens of a text, special ones counted; what the model's own files say when <see langword="null"/>. What is behind is cut off.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Gets what is told in sentences for people: a device that is not there, memory that is short. May be called by several threads.</summary>
    public Action<string>? Report { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ConfigurationException">A number is out of its range.</exception>
    internal void Validate()
    {
        if (DeviceId < 0)
            throw new ConfigurationException($"DeviceId is {DeviceId}; CUDA devices are numbered from 0.");
        if (Threads < 1)
            throw new ConfigurationException($"Threads is {Threads}; it is at least 1.");
        if (MaxTokens < 1)
            throw new ConfigurationException($"MaxTokens is {MaxTokens}; it is at least 1.");
    }
}
