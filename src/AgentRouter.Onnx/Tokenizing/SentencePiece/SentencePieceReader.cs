using System.Globalization;
using AgentRouter.Configuration;
using AgentRouter.Onnx.Folders;

namespace AgentRouter.Onnx.Tokenizing.SentencePiece;

/// <summary>Reads SentencePiece tokenizers.</summary>
internal static class SentencePieceReader
{
    /// <summary>The names that the file has.</summary>
    public static readonly string[] Files = ["sentencepiece.bpe.model", "spiece.model", "tokenizer.model"];

    // fairseq puts four tokens first, and SentencePiece's own three go: its piece 3 is the model's token 4
    private const int Begin = 0, Pad = 1, End = 2, Unknown = 3, OwnSpecials = 3;

    /// <summary>Finds the file.</summary>
    public static string? FileOf(ModelFolder folder) => folder.Find(Files);

    /// <summary>Reads the file beside a <c>tokenizer.json</c>, whose numbers of pieces must be the same.</summary>
    /// <exception cref="ConfigurationException">It is missing, or the two differ.</exception>
    public static SentencePieceTokenizer OfJson(ModelFolder folder, ModelJson json, ModelJson model, ModelJson config)
    {
        string file = FileOf(folder)
            ?? throw model.Unsupported($"a Unigram tokenizer is read from SentencePiece's own file, and {folder.Path} has none of {string.Join(", ", Files)}: put it there");
        ModelJson[] tokens = [.. model.Required("vocab").Items];
        (SentencePieceModel pieces, int[] ids) = Number(file, config);
        for (int number = OwnSpecials; number < ids.Length; number++)
        {
            if (ids[number] >= tokens.Length || tokens[ids[number]].Items.First().Text != pieces.Pieces[number].Text)
                throw json.Required("model").Unsupported(string.Create(CultureInfo.InvariantCulture, $"its token {ids[number]} is not '{pieces.Pieces[number].Text}' as in {file}"));
        }

        return Make(file, pieces, ids, config);
    }

    /// <summary>Reads the file of a folder without <c>tokenizer.json</c>.</summary>
    /// <exception cref="ConfigurationException">The kind of model is not known.</exception>
    public static (ITextTokenizer Tokenizer, TokenTemplate Template) OfFile(ModelFolder folder, string file, ModelJson config)
    {
        (SentencePieceModel pieces, int[] ids) = Number(file, config);
        TokenTemplate template = ModelKinds.IsShiftedByOne(config)
            ? TemplateReader.Roberta(Begin, End, Pad)
            : TemplateReader.T5(IdOf(pieces, "</s>", file), IdOf(pieces, "<pad>", file));
        return (Make(file, pieces, ids, config), template);
    }

    private static (SentencePieceModel Pieces, int[] Ids) Number(string file, ModelJson config)
    {
        if (!ModelKinds.IsShiftedByOne(config) && !ModelKinds.IsT5(config))
            throw config.Unsupported($"how models of type '{ModelKinds.NameOf(config)}' number SentencePiece's pieces is not known; xlm-roberta and t5 are");
        var pieces = SentencePieceModel.Read(file);
        int shift = ModelKinds.IsShiftedByOne(config) ? 1 : 0;
        return (pieces, [.. Enumerable.Range(shift, pieces.Pieces.Count)]);
    }

    private static SentencePieceTokenizer Make(string file, SentencePieceModel pieces, int[] ids, ModelJson config)
    {
        try
        {
            int unknown = ModelKinds.IsShiftedByOne(config) ? Unknown : IdOf(pieces, "<unk>", file);
            return new SentencePieceTokenizer(pieces, ids, unknown);
        }
        catch (InvalidDataException e)
        {
            throw new ConfigurationException($"{file} is no SentencePiece model: {e.Message}.", e);
        }
    }

    private static int IdOf(SentencePieceModel pieces, string token, string file) =>
        pieces.Pieces.FindIndex(piece => piece.Text == token) is >= 0 and var id ? id : throw new ConfigurationException($"{file}: there is no piece '{token}'.");
}
