using System.Globalization;
using AgentRouter.Configuration;
using AgentRouter.Onnx.Folders;
using AgentRouter.Onnx.Tokenizing.ByteLevel;
using AgentRouter.Onnx.Tokenizing.SentencePiece;
using AgentRouter.Onnx.Tokenizing.WordPiece;

namespace AgentRouter.Onnx.Tokenizing;

/// <summary>Finds and reads the tokenizer of a model's folder.</summary>
/// <remarks><c>tokenizer.json</c> says everything and counts first; older folders have a vocabulary whose special tokens follow from the kind of model.</remarks>
internal static class TokenizerReader
{
    /// <summary>The file that says everything.</summary>
    public const string JsonFile = "tokenizer.json";

    /// <summary>Reads the tokenizer.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="config">Its <c>config.json</c>.</param>
    /// <param name="maxTokens">The most tokens that are asked for; the model's own limit when <see langword="null"/>.</param>
    /// <param name="limit">A limit that the model's files say elsewhere.</param>
    /// <exception cref="ConfigurationException">There is none, or it cannot be read exactly.</exception>
    public static ModelTokenizer Read(ModelFolder folder, ModelJson config, int? maxTokens, int? limit)
    {
        (ITextTokenizer tokenizer, TokenTemplate template) = Read(folder, config);
        int most = TokenLimit.Of(folder, config, template, limit);
        int used = Math.Min(maxTokens ?? most, most);
        int special = Math.Max(template.SingleTokens, template.PairTokens);
        return used > special
            ? new ModelTokenizer(tokenizer, template, used)
            : throw new ConfigurationException(string.Create(CultureInfo.InvariantCulture, $"{folder.Path}: texts are cut off after {used} tokens, and {special} of them are special ones. Set MaxTokens higher."));
    }

    private static (ITextTokenizer Tokenizer, TokenTemplate Template) Read(ModelFolder folder, ModelJson config)
    {
        if (folder.Json(JsonFile) is { } json)
        {
            ModelJson model = json.Required("model");
            // older files of BPE do not say their type
            string type = model["type"]?.Text ?? "BPE";
            ITextTokenizer tokenizer = type switch
            {
                "WordPiece" => WordPieceReader.OfJson(json, model),
                "BPE" => ByteLevelReader.OfJson(json, model),
                "Unigram" => SentencePieceReader.OfJson(folder, json, model, config),
                _ => throw model.Required("type").Unsupported($"the tokenizer is {type}; WordPiece, byte-level BPE and Unigram can be read"),
            };
            bool canHaveAdded = tokenizer is ByteLevelTokenizer { AddsBlank: false };
            return (AddedTokens.Around(json, tokenizer, canHaveAdded), TemplateReader.Read(folder, config, json));
        }

        if (folder.Find("vocab.txt") is { } vocabulary)
            return WordPieceReader.OfVocabulary(folder, vocabulary);
        if (folder.Find("vocab.json") is not null && folder.Find("merges.txt") is { } merges)
            return ByteLevelReader.OfFiles(folder, config, merges);
        if (SentencePieceReader.FileOf(folder) is { } pieces)
            return SentencePieceReader.OfFile(folder, pieces, config);
        throw new ConfigurationException($"There is no tokenizer in {folder.Path}: neither {JsonFile} nor vocab.txt, vocab.json with merges.txt, or {string.Join(", ", SentencePieceReader.Files)}.");
    }
}
