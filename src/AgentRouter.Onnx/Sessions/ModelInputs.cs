using AgentRouter.Configuration;
using AgentRouter.Onnx.Tokenizing;
using Microsoft.ML.OnnxRuntime;

namespace AgentRouter.Onnx.Sessions;

/// <summary>The inputs of text models that are known, by the names that exporters give them.</summary>
internal static class ModelInputs
{
    private static readonly string[] Known = ["input_ids", "attention_mask", "token_type_ids", "position_ids"];

    /// <summary>Checks that a model takes nothing else.</summary>
    /// <exception cref="ConfigurationException">It does.</exception>
    public static void Check(IReadOnlyList<ModelTensor> inputs, string file)
    {
        foreach (ModelTensor input in inputs)
        {
            if (!Known.Contains(input.Name))
                throw new ConfigurationException($"{file}: the model wants an input '{input.Name}', which is none of {string.Join(", ", Known)}. Export it for feature extraction, without past key values.");
            if (input.Rank != 2 || (input.Type != typeof(long) && input.Type != typeof(int)))
                throw new ConfigurationException($"{file}: the model's input '{input.Name}' is {input.Type.Name} in {input.Rank} dimensions; it is to be int64 or int32 in two: texts, tokens.");
        }

        if (inputs.All(input => input.Name != Known[0]))
            throw new ConfigurationException($"{file}: the model has no input '{Known[0]}', so it is no model of texts.");
    }

    /// <summary>Makes the value of an input for a batch.</summary>
    public static OrtValue ValueOf(ModelTensor input, TokenBatch batch)
    {
        long[] numbers = input.Name switch
        {
            "input_ids" => batch.Ids(),
            "attention_mask" => batch.Mask(),
            "token_type_ids" => batch.Types(),
            _ => batch.Positions(),
        };
        long[] shape = [batch.Count, batch.Length];
        return input.Type == typeof(long)
            ? OrtValue.CreateTensorValueFromMemory(numbers, shape)
            : OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(numbers, number => (int)number), shape);
    }
}
