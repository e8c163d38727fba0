using AgentRouter.Configuration;
using AgentRouter.Onnx.Sessions;

namespace AgentRouter.Onnx.Reranking;

/// <summary>Reads what a model gives for a pair.</summary>
internal static class PairScore
{
    private const string Name = "logits";

    /// <summary>Finds the output.</summary>
    /// <exception cref="ConfigurationException">There is none.</exception>
    public static ModelTensor Find(IReadOnlyList<ModelTensor> outputs, string file) =>
        outputs.FirstOrDefault(output => output is { Name: Name, Rank: 2 }) ?? (outputs is [{ Rank: 2 } only]
            ? only
            : throw new ConfigurationException($"{file}: there is no output '{Name}' in two dimensions. Export the model for sequence classification."));

    /// <summary>Reads the score of a pair.</summary>
    /// <param name="output">What the model gave: pairs, classes.</param>
    /// <param name="pair">The pair's place in the batch.</param>
    /// <returns>From 0 to 1: the logistic function of one number, the share of the second class of two.</returns>
    public static float Of(ModelOutput output, int pair)
    {
        ReadOnlySpan<float> logits = output.Values.AsSpan(pair * output.Shape[1], output.Shape[1]);
        float logit = logits.Length == 1 ? logits[0] : logits[1] - logits[0];
        return 1 / (1 + MathF.Exp(-logit));
    }
}
