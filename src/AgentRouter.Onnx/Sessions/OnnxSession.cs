using AgentRouter.Configuration;
using AgentRouter.Onnx.Devices;
using AgentRouter.Onnx.Tokenizing;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace AgentRouter.Onnx.Sessions;

/// <summary>A model in ONNX Runtime.</summary>
internal sealed class OnnxSession : IModelSession
{
    // attention grows with the square of the length: eight texts of 512 tokens stay below some hundred MB in common models
    private const int CpuBatchTokens = 4_096;
    private const int CudaBatchTokens = 32_768;

    // what the native library says when memory is short: its own arena, the CUDA library, the C++ runtime
    private static readonly string[] MemorySigns = ["Failed to allocate memory", "out of memory", "bad allocation", "bad_alloc", "OOM"];

    private readonly InferenceSession _session;

    private OnnxSession(InferenceSession session, bool isCuda)
    {
        (_session, BatchTokens) = (session, isCuda ? CudaBatchTokens : CpuBatchTokens);
        Inputs = [.. session.InputMetadata.Select(pair => TensorOf(pair.Key, pair.Value))];
        Outputs = [.. session.OutputMetadata.Select(pair => TensorOf(pair.Key, pair.Value))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<ModelTensor> Inputs { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ModelTensor> Outputs { get; }

    /// <inheritdoc/>
    public int BatchTokens { get; }

    /// <summary>Loads a model.</summary>
    /// <param name="file">The file; external data lies beside it.</param>
    /// <param name="options">Where it runs.</param>
    /// <exception cref="ConfigurationException">The file is no model that can be run, or the device is required and not there.</exception>
    public static OnnxSession Load(string file, OnnxSessionOptions options)
    {
        bool isCuda = DeviceChoice.IsCuda(options, OrtEnv.Instance().GetAvailableProviders());
        InferenceSession session = Open(file, options, ref isCuda);
        try
        {
            var loaded = new OnnxSession(session, isCuda);
            ModelInputs.Check(loaded.Inputs, file);
            return loaded;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ModelOutput Run(TokenBatch batch, string output)
    {
        var values = new Dictionary<string, OrtValue>();
        try
        {
            foreach (ModelTensor input in Inputs)
                values.Add(input.Name, ModelInputs.ValueOf(input, batch));
            using var run = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(run, values, [output]);
            return Read(results[0], output);
        }
        catch (OnnxRuntimeException e) when (MemorySigns.Any(sign => e.Message.Contains(sign, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ModelMemoryException(e.Message, e);
        }
        finally
        {
            foreach (OrtValue value in values.Values)
                value.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    // a driver that is too old, or a library that is missing, shows only when the session is made
    private static InferenceSession Open(string file, OnnxSessionOptions options, ref bool isCuda)
    {
        if (isCuda)
        {
            try
            {
                using SessionOptions cuda = SettingsOf(options);
                cuda.AppendExecutionProvider_CUDA(options.DeviceId);
                return new InferenceSession(file, cuda);
            }
            catch (OnnxRuntimeException e)
            {
                DeviceChoice.FallBack(options, e.Message.Trim().TrimEnd('.'), e);
                isCuda = false;
            }
        }

        try
        {
            using SessionOptions settings = SettingsOf(options);
            return new InferenceSession(file, settings);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ConfigurationException($"{file} cannot be run: {e.Message.Trim()} Check that it is an ONNX model, whole, with its external data beside it.", e);
        }
    }

    private static SessionOptions SettingsOf(OnnxSessionOptions options)
    {
        // errors come as exceptions: nothing is written to the console
        var settings = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        if (options.Threads is { } threads)
            settings.IntraOpNumThreads = threads;
        return settings;
    }

    private static ModelOutput Read(OrtValue value, string output)
    {
        OrtTensorTypeAndShapeInfo info = value.GetTensorTypeAndShape();
        float[] numbers = info.ElementDataType switch
        {
            TensorElementType.Float => value.GetTensorDataAsSpan<float>().ToArray(),
            TensorElementType.Float16 => Widen(value.GetTensorDataAsSpan<Float16>()),
            var other => throw new ConfigurationException($"The model's output '{output}' is of type {other}; float and float16 can be read."),
        };
        return new ModelOutput(numbers, [.. info.Shape.Select(length => checked((int)length))]);
    }

    private static float[] Widen(ReadOnlySpan<Float16> halves)
    {
        var numbers = new float[halves.Length];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = halves[i].ToFloat();
        return numbers;
    }

    private static ModelTensor TensorOf(string name, NodeMetadata declared) =>
        new(name, declared.IsTensor ? declared.ElementType : typeof(object), declared.IsTensor ? declared.Dimensions.Length : 0);
}
