using AgentRouter.Configuration;
using AgentRouter.Onnx.Sessions;

namespace AgentRouter.Onnx.Embeddings;

/// <summary>Finds the output of a model that vectors are read from.</summary>
internal static class VectorOutput
{
    private static readonly string[] OfTexts = ["sentence_embedding", "text_embeds"];
    private static readonly string[] OfTokens = ["token_embeddings", "last_hidden_state"];

    /// <summary>Finds it: vectors of texts where the model makes them itself, else of tokens.</summary>
    /// <exception cref="ConfigurationException">There is none, or it cannot be told which.</exception>
    public static ModelTensor Find(IReadOnlyList<ModelTensor> outputs, string file) =>
        outputs.FirstOrDefault(output => output.Rank == 2 && OfTexts.Contains(output.Name))
        ?? outputs.FirstOrDefault(output => output.Rank == 3 && OfTokens.Contains(output.Name))
        ?? (outputs is [{ Rank: 3 } only] ? only : throw new ConfigurationException(
            $"{file}: the outputs are {string.Join(", ", outputs.Select(output => $"{output.Name} in {output.Rank} dimensions"))}. Vectors are read from {string.Join(" or ", OfTexts)} in two, {string.Join(" or ", OfTokens)} in three. Export the model for feature extraction."));
}
