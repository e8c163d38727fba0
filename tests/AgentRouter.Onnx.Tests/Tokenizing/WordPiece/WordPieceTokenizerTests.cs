using AgentRouter.Configuration;
using AgentRouter.Onnx.Tests.Support;
using AgentRouter.Onnx.Tokenizing;

namespace AgentRouter.Onnx.Tests.Tokenizing.WordPiece;

public sealed class WordPieceTokenizerTests
{
    private static readonly string[] Vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "un", "##aff", "##able", "hello", "resume", "résumé", "Hello", "!", "$", "漢", "i", "##i", "straße"];

    [Theory]
    [InlineData("unaffable", "un ##aff ##able")]
    [InlineData("Hello!", "hello !")]
    [InlineData("résumé", "resume")]
    [InlineData("re\u0301sume\u0301", "resume")]
    [InlineData("hello\u200b hel\0lo", "hello hello")]
    [InlineData("漢漢hello", "漢 漢 hello")]
    [InlineData("$hello", "$ hello")]
    [InlineData("unaffablex hello", "[UNK] hello")]
    [InlineData("  \t\n ", "")]
    [InlineData("İi", "i ##i")]
    [InlineData("STRAßE", "straße")]
    [InlineData("[SEP]", "[UNK] [UNK] [UNK]")]
    public void Words_are_cut_into_the_longest_pieces_without_accents_and_capitals(string text, string pieces)
    {
        ModelTokenizer tokenizer = TestTokenizers.Read("bert", ("vocab.txt", string.Join('\n', Vocabulary)));

        Pieces(tokenizer.Inside(text)).ShouldBe(pieces);
    }

    [Fact]
    public void A_word_of_more_than_a_hundred_letters_is_unknown()
    {
        ModelTokenizer tokenizer = TestTokenizers.Read("bert", ("vocab.txt", string.Join('\n', Vocabulary)));

        Pieces(tokenizer.Inside(new string('i', 100))).ShouldStartWith("i ##i");
        Pieces(tokenizer.Inside(new string('i', 101))).ShouldBe("[UNK]");
    }

    [Fact]
    public void A_cased_model_keeps_accents_and_capitals()
    {
        ModelTokenizer tokenizer = TestTokenizers.Read("bert", ("vocab.txt", string.Join('\n', Vocabulary)), ("tokenizer_config.json", """{ "do_lower_case": false }"""));

        Pieces(tokenizer.Inside("Hello résumé")).ShouldBe("Hello résumé");
    }

    [Fact]
    public void Tokenizer_json_says_the_same_with_a_template()
    {
        ModelTokenizer tokenizer = TestTokenizers.Read("bert", ("tokenizer.json", Json("BertNormalizer", "BertPreTokenizer")));

        EncodedText pair = tokenizer.Encode("Résumé", "hello hello");

        pair.Ids.ShouldBe([2, 8, 3, 7, 7, 3]);
        pair.Types.ShouldBe([0, 0, 0, 1, 1, 1]);
    }

    [Theory]
    [InlineData("NFKC", "BertPreTokenizer", "NFKC is not known")]
    [InlineData("BertNormalizer", "Whitespace", "BertPreTokenizer only")]
    public void Steps_that_are_not_known_are_refused(string normalizer, string words, string problem) =>
        Should.Throw<ConfigurationException>(() => TestTokenizers.Read("bert", ("tokenizer.json", Json(normalizer, words)))).Message.ShouldContain(problem);

    [Theory]
    [InlineData(5, 3, 4, 3)]
    [InlineData(9, 1, 6, 1)]
    [InlineData(1, 9, 1, 6)]
    [InlineData(9, 9, 3, 4)]
    public void Of_a_pair_that_is_too_long_the_longer_text_loses_its_end(int first, int second, int keptFirst, int keptSecond)
    {
        ModelTokenizer tokenizer = TestTokenizers.Read("bert", ("vocab.txt", string.Join('\n', Vocabulary)), ("tokenizer_config.json", """{ "model_max_length": 10 }"""));

        EncodedText pair = tokenizer.Encode(string.Join(' ', Enumerable.Repeat("un", first)), string.Join(' ', Enumerable.Repeat("hello", second)));

        pair.Ids.Count(id => id == 4).ShouldBe(keptFirst);
        pair.Ids.Count(id => id == 7).ShouldBe(keptSecond);
        pair.Ids.Count(id => id == 3).ShouldBe(2);
    }

    private static string Pieces(int[] ids) => string.Join(' ', ids.Select(id => Vocabulary[id]));

    private static object Json(string normalizer, string words) => new
    {
        normalizer = new { type = normalizer, clean_text = true, handle_chinese_chars = true, strip_accents = (bool?)null, lowercase = true },
        pre_tokenizer = new { type = words },
        post_processor = new
        {
            type = "TemplateProcessing",
            single = new object[] { new { SpecialToken = new { id = "[CLS]", type_id = 0 } }, new { Sequence = new { id = "A", type_id = 0 } }, new { SpecialToken = new { id = "[SEP]", type_id = 0 } } },
            pair = new object[]
            {
                new { SpecialToken = new { id = "[CLS]", type_id = 0 } }, new { Sequence = new { id = "A", type_id = 0 } }, new { SpecialToken = new { id = "[SEP]", type_id = 0 } },
                new { Sequence = new { id = "B", type_id = 1 } }, new { SpecialToken = new { id = "[SEP]", type_id = 1 } },
            },
            special_tokens = new Dictionary<string, object> { ["[CLS]"] = new { id = "[CLS]", ids = new[] { 2 } }, ["[SEP]"] = new { id = "[SEP]", ids = new[] { 3 } } },
        },
        model = new { type = "WordPiece", unk_token = "[UNK]", continuing_subword_prefix = "##", max_input_chars_per_word = 100, vocab = Vocabulary.Index().ToDictionary(token => token.Item, token => token.Index) },
    };
}
