using AgentRouter.Configuration;
using AgentRouter.Onnx.Folders;

namespace AgentRouter.Onnx.Tokenizing.WordPiece;

/// <summary>Reads WordPiece tokenizers.</summary>
internal static class WordPieceReader
{
    /// <summary>Reads <c>tokenizer.json</c>.</summary>
    /// <exception cref="ConfigurationException">It says what is not known.</exception>
    public static WordPieceTokenizer OfJson(ModelJson json, ModelJson model)
    {
        Dictionary<string, int> vocabulary = model.Required("vocab").Settings.ToDictionary(token => token.Name, token => token.Value.Number, StringComparer.Ordinal);
        if (json["pre_tokenizer"] is not { } words || words.Type != "BertPreTokenizer")
            throw (json["pre_tokenizer"] ?? json).Unsupported("WordPiece is read with BertPreTokenizer only");
        ModelJson? unknown = model["unk_token"];
        return new WordPieceTokenizer(
            vocabulary,
            NormalizerOf(json),
            IdOf(vocabulary, unknown?.Text ?? "[UNK]", model.File),
            model["continuing_subword_prefix"]?.Text ?? "##",
            model["max_input_chars_per_word"]?.Number ?? 100);
    }

    /// <summary>Reads <c>vocab.txt</c>, a piece a line, with BERT's special tokens.</summary>
    /// <exception cref="ConfigurationException">A special token is missing.</exception>
    public static (ITextTokenizer Tokenizer, TokenTemplate Template) OfVocabulary(ModelFolder folder, string file)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        int number = 0;
        foreach (string line in File.ReadLines(file))
            vocabulary[line] = number++;
        ModelJson? settings = folder.Json("tokenizer_config.json");
        bool lower = settings?["do_lower_case"]?.Flag ?? true;
        var normalizer = new BertNormalizer(true, settings?["tokenize_chinese_chars"]?.Flag ?? true, settings?["strip_accents"]?.Flag ?? lower, lower);
        return (
            new WordPieceTokenizer(vocabulary, normalizer, IdOf(vocabulary, "[UNK]", file)),
            TemplateReader.Bert(IdOf(vocabulary, "[CLS]", file), IdOf(vocabulary, "[SEP]", file), IdOf(vocabulary, "[PAD]", file)));
    }

    private static BertNormalizer NormalizerOf(ModelJson json)
    {
        if (json["normalizer"] is not { } normalizer)
            return new BertNormalizer(false, false, false, false);
        if (normalizer.Type != "BertNormalizer")
            throw normalizer.Unsupported($"{normalizer.Type} is not known with WordPiece; BertNormalizer is");
        bool lower = normalizer["lowercase"]?.Flag ?? true;
        return new BertNormalizer(normalizer["clean_text"]?.Flag ?? true, normalizer["handle_chinese_chars"]?.Flag ?? true, normalizer["strip_accents"]?.Flag ?? lower, lower);
    }

    private static int IdOf(Dictionary<string, int> vocabulary, string token, string file) =>
        vocabulary.TryGetValue(token, out int id) ? id : throw new ConfigurationException($"{file}: the vocabulary has no token '{token}'.");
}
