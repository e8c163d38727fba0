using AgentRouter.Onnx.Folders;

namespace AgentRouter.Onnx.Tokenizing;

/// <summary>What follows from the kind of a model where its files do not say it.</summary>
internal static class ModelKinds
{
    private static readonly string[] Roberta = ["roberta", "xlm-roberta", "camembert", "mpnet", "xlm-roberta-xl", "longformer"];

    /// <summary>Whether the first token has the position behind the padding token's number.</summary>
    public static bool CountsPositionsFromPadding(ModelJson config) => Roberta.Contains(NameOf(config));

    /// <summary>Whether texts are framed as RoBERTa does: <c>&lt;s&gt; text &lt;/s&gt;</c>, and two separators between two.</summary>
    public static bool IsRoberta(ModelJson config) => NameOf(config) is "roberta" or "xlm-roberta" or "longformer" or "xlm-roberta-xl";

    /// <summary>Whether the numbers of SentencePiece's pieces are shifted by one, behind four special tokens, as fairseq does.</summary>
    public static bool IsShiftedByOne(ModelJson config) => NameOf(config) is "xlm-roberta" or "xlm-roberta-xl";

    /// <summary>Whether texts end with <c>&lt;/s&gt;</c> and begin with nothing.</summary>
    public static bool IsT5(ModelJson config) => NameOf(config) is "t5" or "mt5";

    /// <summary>Gets the kind.</summary>
    public static string NameOf(ModelJson config) => config["model_type"]?.Text ?? "";
}
