using System.Buffers;
using System.Text.RegularExpressions;

namespace AgentRouter.Onnx.Pulling;

/// <summary>The files of models on a hub: which are safe, which are needed.</summary>
internal static partial class HubPath
{
    // no code and nothing pickled: text, tokenizers, the license
    private static readonly HashSet<string> Needed =
    [
        "config.json", "modules.json", "sentence_bert_config.json", "config_sentence_transformers.json",
        "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json",
        "vocab.txt", "vocab.json", "merges.txt", "sentencepiece.bpe.model", "spiece.model", "tokenizer.model",
        "LICENSE", "LICENSE.txt", "LICENSE.md",
    ];

    private static readonly SearchValues<char> Unsafe = SearchValues.Create([.. "\\:*?\"<>|%#", .. Enumerable.Range(0, 32).Select(code => (char)code)]);
    private static readonly string[] Models = ["model.onnx", "onnx/model.onnx"];

    /// <summary>Gets the files that are fetched by hand where there is no network.</summary>
    public static string ByHand => $"config.json, modules.json, sentence_bert_config.json, tokenizer.json, tokenizer_config.json, vocab.txt (or the vocabulary that is there), 1_Pooling/config.json and {Models[1]}";

    /// <summary>Whether a path stays in its folder on every file system.</summary>
    public static bool IsSafe(string path) => path.Length <= 300 && path.Split('/').All(part => part.Trim(' ', '.').Length > 0 && part[^1] is not (' ' or '.')) && !path.AsSpan().ContainsAny(Unsafe);

    /// <summary>Finds the model among files.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="named">The file that is asked for.</param>
    public static string? ModelOf(IReadOnlyCollection<string> paths, string? named) => named is null ? Models.FirstOrDefault(paths.Contains) : paths.FirstOrDefault(path => path == named);

    /// <summary>Whether a file is needed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model's file; its external data begins with its name.</param>
    public static bool IsNeeded(string path, string model) =>
        path == model
        || path.StartsWith(model + "_data", StringComparison.Ordinal)
        || path.StartsWith(model + ".data", StringComparison.Ordinal)
        || Needed.Contains(path)
        || (ModuleFolder().IsMatch(path) && Needed.Contains(path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..]));

    [GeneratedRegex(@"\A[0-9]{1,2}_[A-Za-z]+/[^/]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex ModuleFolder();
}
