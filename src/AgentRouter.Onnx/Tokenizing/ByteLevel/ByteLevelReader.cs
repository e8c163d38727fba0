using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.Onnx.Folders;
using Microsoft.ML.Tokenizers;

namespace AgentRouter.Onnx.Tokenizing.ByteLevel;

/// <summary>Reads byte-level BPE tokenizers.</summary>
internal static class ByteLevelReader
{
    /// <summary>Reads <c>tokenizer.json</c>.</summary>
    /// <exception cref="ConfigurationException">It says what is not known.</exception>
    public static ByteLevelTokenizer OfJson(ModelJson json, ModelJson model)
    {
        Refuse(model, "byte_fallback", "ignore_merges", "fuse_unk");
        foreach (string name in new[] { "continuing_subword_prefix", "end_of_word_suffix", "dropout" })
        {
            if (model[name] is { } setting && (setting.Value.ValueKind != JsonValueKind.String || setting.Text.Length > 0))
                throw setting.Unsupported("byte-level BPE is read without it");
        }

        (WordPattern pattern, bool addsBlank) = WordsOf(json);
        return new ByteLevelTokenizer(Make(model.Required("vocab"), [.. model.Required("merges").Items.Select(MergeOf)], pattern, model.File), Composes(json), addsBlank);
    }

    /// <summary>Reads <c>vocab.json</c> and <c>merges.txt</c> of RoBERTa.</summary>
    /// <exception cref="ConfigurationException">The model is of another kind.</exception>
    public static (ITextTokenizer Tokenizer, TokenTemplate Template) OfFiles(ModelFolder folder, ModelJson config, string mergesFile)
    {
        ModelJson vocabulary = folder.Json("vocab.json")!;
        if (!ModelKinds.IsRoberta(config))
            throw config.Unsupported($"models of type '{ModelKinds.NameOf(config)}' need {TokenizerReader.JsonFile}, because vocab.json and merges.txt do not say where special tokens stand");
        // the first line names the version
        string[] merges = [.. File.ReadLines(mergesFile).Where((line, number) => line.Length > 0 && !(number == 0 && line.StartsWith("#version", StringComparison.Ordinal)))];
        bool addsBlank = folder.Json("tokenizer_config.json")?["add_prefix_space"]?.Flag ?? false;
        return (
            new ByteLevelTokenizer(Make(vocabulary, merges, WordPattern.Gpt2, vocabulary.File), composes: false, addsBlank),
            TemplateReader.Roberta(vocabulary.Required("<s>").Number, vocabulary.Required("</s>").Number, vocabulary.Required("<pad>").Number));
    }

    private static BpeTokenizer Make(ModelJson vocabulary, IReadOnlyList<string> merges, WordPattern pattern, string file)
    {
        var options = new BpeOptions(vocabulary.Settings.Select(token => KeyValuePair.Create(token.Name, token.Value.Number)))
        {
            Merges = merges,
            ByteLevel = true,
            PreTokenizer = new WordPreTokenizer(pattern),
        };
        try
        {
            return BpeTokenizer.Create(options);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException)
        {
            throw new ConfigurationException($"{file}: the merges do not fit the vocabulary: {e.Message}", e);
        }
    }

    private static (WordPattern Pattern, bool AddsBlank) WordsOf(ModelJson json)
    {
        ModelJson words = json.Required("pre_tokenizer");
        ModelJson[] steps = words.Type == "Sequence" ? [.. words.Required("pretokenizers").Items] : [words];
        ModelJson last = steps[^1];
        if (last.Type != "ByteLevel")
            throw last.Unsupported("BPE is read at the level of bytes only");
        bool addsBlank = last["add_prefix_space"]?.Flag ?? true;
        if (steps.Length == 1)
            return (last["use_regex"]?.Flag ?? true ? WordPattern.Gpt2 : throw last.Unsupported("there is no pattern of words"), addsBlank);
        ModelJson split = steps[0];
        if (steps.Length > 2 || split.Type != "Split" || last["use_regex"]?.Flag != false || split["invert"]?.Flag == true || split.Required("behavior").Text != "Isolated" || addsBlank)
            throw words.Unsupported("these steps are not known");
        ModelJson regex = split.Required("pattern").Required("Regex");
        return (WordPattern.Find(regex.Text) ?? throw regex.Unsupported("this pattern of words is not known"), addsBlank);
    }

    private static bool Composes(ModelJson json)
    {
        if (json["normalizer"] is not { } normalizer || (normalizer.Type == "Sequence" && !normalizer.Required("normalizers").Items.Any()))
            return false;
        return normalizer.Type == "NFC" ? true : throw normalizer.Unsupported($"{normalizer.Type} is not known with byte-level BPE; NFC is");
    }

    // "a b", or ["a", "b"] in newer files
    private static string MergeOf(ModelJson merge) => merge.Value.ValueKind == JsonValueKind.String ? merge.Text : string.Join(' ', merge.Items.Select(part => part.Text));

    private static void Refuse(ModelJson model, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (model[name] is { Value.ValueKind: JsonValueKind.True } setting)
                throw setting.Unsupported("byte-level BPE is read without it");
        }
    }
}
