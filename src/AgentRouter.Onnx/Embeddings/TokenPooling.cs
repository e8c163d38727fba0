using System.Numerics.Tensors;
using AgentRouter.Onnx.Sessions;
using AgentRouter.Onnx.Tokenizing;

namespace AgentRouter.Onnx.Embeddings;

/// <summary>Makes one vector of each text of what a model gave.</summary>
/// <param name="mode">How the vectors of tokens become one.</param>
/// <param name="normalizes">Whether the vector gets the length one.</param>
internal sealed class TokenPooling(PoolingMode mode, bool normalizes)
{
    /// <summary>Makes the vector of a text. Padding does not count.</summary>
    /// <param name="batch">The texts.</param>
    /// <param name="output">Vectors of tokens: texts, tokens, numbers; or of texts: texts, numbers.</param>
    /// <param name="text">The text's place in the batch.</param>
    public float[] VectorOf(TokenBatch batch, ModelOutput output, int text)
    {
        int numbers = output.Shape[^1];
        ReadOnlySpan<float> all = output.Values;
        float[] vector = output.Shape.Count == 2
            ? all.Slice(text * numbers, numbers).ToArray()
            : Pool(all.Slice(text * batch.Length * numbers, batch.LengthOf(text) * numbers), numbers);
        float length = TensorPrimitives.Norm<float>(vector);
        if (normalizes && length > 0)
            TensorPrimitives.Divide(vector, length, vector);
        return vector;
    }

    private float[] Pool(ReadOnlySpan<float> tokens, int numbers)
    {
        float[] vector = (mode == PoolingMode.Last ? tokens[^numbers..] : tokens[..numbers]).ToArray();
        for (int start = numbers; start < tokens.Length && mode is PoolingMode.Mean or PoolingMode.Largest; start += numbers)
        {
            ReadOnlySpan<float> token = tokens.Slice(start, numbers);
            if (mode == PoolingMode.Mean)
                TensorPrimitives.Add(vector, token, vector);
            else
                TensorPrimitives.Max(vector, token, vector);
        }

        if (mode == PoolingMode.Mean)
            TensorPrimitives.Divide(vector, tokens.Length / numbers, vector);
        return vector;
    }
}
