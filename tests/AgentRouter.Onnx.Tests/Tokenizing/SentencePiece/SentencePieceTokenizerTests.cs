using AgentRouter.Configuration;
using AgentRouter.Onnx.Tests.Support;
using AgentRouter.Onnx.Tokenizing;

namespace AgentRouter.Onnx.Tests.Tokenizing.SentencePiece;

public sealed class SentencePieceTokenizerTests
{
    private const string File = "sentencepiece.bpe.model";

    private static readonly (string Text, float Score)[] Pieces =
        [("▁", -2), ("a", -3), ("b", -3.5f), ("ab", -4), ("▁a", -4.5f), ("▁ab", -5.25f), ("ba", -4.75f), ("é", -6), ("bab", -9), ("𝒳", -7)];

    private static readonly Dictionary<string, string> Rules = new() { ["Ａ"] = "a", ["\u3000"] = " ", ["e\u0301"] = "é", ["\t"] = " ", ["ﬀ"] = "ab", ["\u200b"] = "" };

    [Fact]
    public void Xlm_roberta_counts_from_behind_its_own_four_tokens()
    {
        EncodedText pair = XlmRoberta().Encode("ab", "zz");

        // <s> ▁ab </s></s> ▁ <unk> </s>: SentencePiece's piece 3, ▁, is the model's token 4
        pair.Ids.ShouldBe([0, 9, 2, 2, 4, 3, 2]);
        pair.Types.ShouldAllBe(type => type == 0);
    }

    [Theory]
    [InlineData("  ab \t  a ", "▁ab ▁a")]
    [InlineData("Ａb", "▁ab")]
    [InlineData("a\u3000\u3000a", "▁a ▁a")]
    [InlineData("ae\u0301", "▁a é")]
    [InlineData("ﬀ\u200b", "▁ab")]
    [InlineData("aqqqa", "▁a ? a")]
    [InlineData(" \t ", "")]
    [InlineData("", "")]
    public void Characters_are_replaced_and_blanks_kept_as_the_file_says(string text, string pieces) =>
        Names(XlmRoberta().Inside(text)).ShouldBe(pieces);

    [Fact]
    public void The_likeliest_pieces_are_chosen()
    {
        ModelTokenizer tokenizer = XlmRoberta();
        var random = new Random(5);
        for (int i = 0; i < 200; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => new[] { "a", "b", "é", " a", "𝒳" }[random.Next(5)]));
            string normalized = "▁" + text.Trim().Replace(" ", "▁");

            float score = tokenizer.Inside(text).Sum(id => Pieces[id - 4].Score);

            score.ShouldBe(Best(normalized), tolerance: 1e-3, text);
        }
    }

    [Fact]
    public void T5_numbers_pieces_as_the_file_does()
    {
        ModelTokenizer tokenizer = TestTokenizers.Read("t5", ("spiece.model", TestSentencePieces.Write([.. Pieces, ("<pad>", -20)])));

        tokenizer.Encode("ab").Ids.ShouldBe([8, 2]);
    }

    [Fact]
    public void Tokenizer_json_must_number_pieces_alike()
    {
        object[] tokens = [.. new[] { "<s>", "<pad>", "</s>", "<unk>" }.Concat(Pieces.Select(piece => piece.Text)).Select(text => new object[] { text, 0.0 })];
        object Json(object[] vocab) => new { model = new { type = "Unigram", vocab }, post_processor = new { type = "RobertaProcessing", sep = new object[] { "</s>", 2 }, cls = new object[] { "<s>", 0 } } };

        TestTokenizers.Read("xlm-roberta", (File, TestSentencePieces.Write(Pieces)), ("tokenizer.json", Json(tokens))).Encode("ab").Ids.ShouldBe([0, 9, 2]);
        Should.Throw<ConfigurationException>(() => TestTokenizers.Read("xlm-roberta", (File, TestSentencePieces.Write(Pieces)), ("tokenizer.json", Json(tokens[1..])))).Message.ShouldContain("is not '▁'");
        Should.Throw<ConfigurationException>(() => TestTokenizers.Read("xlm-roberta", ("tokenizer.json", Json(tokens)))).Message.ShouldContain(File);
    }

    [Fact]
    public void What_cannot_be_read_exactly_is_refused()
    {
        Should.Throw<ConfigurationException>(() => TestTokenizers.Read("xlm-roberta", (File, TestSentencePieces.Write(Pieces, kind: TestSentencePieces.Bpe)))).Message.ShouldContain("merged (BPE)");
        Should.Throw<ConfigurationException>(() => TestTokenizers.Read("deberta-v2", ("spiece.model", TestSentencePieces.Write(Pieces)))).Message.ShouldContain("'deberta-v2'");
        Should.Throw<ConfigurationException>(() => TestTokenizers.Read("xlm-roberta", (File, TestSentencePieces.Write(Pieces)[..^3]))).Message.ShouldContain("no SentencePiece model");
    }

    private static ModelTokenizer XlmRoberta() => TestTokenizers.Read("xlm-roberta", (File, TestSentencePieces.Write(Pieces, Rules)));

    private static string Names(int[] ids) => string.Join(' ', ids.Select(id => id == 3 ? "?" : Pieces[id - 4].Text));

    // every way of cutting the text
    private static float Best(string text) => text.Length == 0 ? 0 : Pieces
        .Where(piece => text.StartsWith(piece.Text, StringComparison.Ordinal))
        .Select(piece => piece.Score + Best(text[piece.Text.Length..]))
        .DefaultIfEmpty(float.NegativeInfinity).Max();
}
