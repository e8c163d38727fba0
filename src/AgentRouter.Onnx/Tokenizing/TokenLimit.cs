using AgentRouter.Onnx.Folders;

namespace AgentRouter.Onnx.Tokenizing;

/// <summary>Finds how many tokens a model takes.</summary>
internal static class TokenLimit
{
    private const int WhenNothingIsSaid = 512;

    /// <summary>Finds the smallest limit that the files say.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="config">Its <c>config.json</c>.</param>
    /// <param name="template">Where special tokens stand.</param>
    /// <param name="limit">A limit that is said elsewhere.</param>
    public static int Of(ModelFolder folder, ModelJson config, TokenTemplate template, int? limit)
    {
        int?[] said = [limit, OfTokenizer(folder), OfPositions(config, template)];
        return said.Min() ?? WhenNothingIsSaid;
    }

    // a tokenizer without a limit says 1e30
    private static int? OfTokenizer(ModelFolder folder) =>
        folder.Json("tokenizer_config.json")?["model_max_length"]?.Value is { ValueKind: System.Text.Json.JsonValueKind.Number } most && most.TryGetInt32(out int tokens) && tokens > 0 ? tokens : null;

    // RoBERTa and its kin number their positions from behind the padding token
    private static int? OfPositions(ModelJson config, TokenTemplate template)
    {
        int? positions = config["max_position_embeddings"]?.Number;
        return positions is > 0 && ModelKinds.CountsPositionsFromPadding(config) ? positions - template.PadId - 1 : positions is > 0 ? positions : null;
    }
}
