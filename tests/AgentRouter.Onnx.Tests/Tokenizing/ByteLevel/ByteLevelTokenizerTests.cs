using System.Text;
using AgentRouter.Configuration;
using AgentRouter.Onnx.Tests.Support;
using AgentRouter.Onnx.Tokenizing;

namespace AgentRouter.Onnx.Tests.Tokenizing.ByteLevel;

public sealed class ByteLevelTokenizerTests
{
    private const string QwenPattern = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    // the letters that stand for the 256 bytes, then what is merged, in the order in which it was learned
    private static readonly string[] Bytes = [.. Enumerable.Range(0, 256).Select(LetterOf)];
    private static readonly string[] Merges = ["h e", "l l", "he ll", "hell o", "Ġ hello", "e r", "Ġ h", "Ã ©", "1 2"];
    private static readonly string[] Vocabulary = ["<s>", "<pad>", "</s>", .. Bytes, .. Merges.Select(merge => merge.Replace(" ", ""))];

    [Theory]
    [InlineData("hello hello", "hello Ġhello")]
    [InlineData("he her", "he Ġ he r")]
    [InlineData("é 12", "Ã© Ġ 12")]
    [InlineData("it's", "i t ' s")]
    [InlineData("<s>", "< s >")]
    [InlineData("", "")]
    public void Words_are_merged_as_was_learned(string text, string pieces)
    {
        ModelTokenizer tokenizer = Roberta();

        Pieces(tokenizer.Inside(text)).ShouldBe(pieces);
    }

    [Fact]
    public void Any_text_is_cut_as_the_rule_of_bpe_says()
    {
        ModelTokenizer tokenizer = Roberta();
        var random = new Random(3);
        string[] parts = ["he", "l", "lo", "o", " ", "  ", "\n", "é", "e\u0301", "𝒳", "漢", "😀", "1", "2", "'s", "!", "\u00a0", "r"];
        for (int i = 0; i < 500; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => parts[random.Next(parts.Length)]));

            Pieces(tokenizer.Inside(text)).ShouldBe(string.Join(' ', Words(text).SelectMany(Merge)), text);
        }
    }

    [Fact]
    public void Roberta_frames_a_pair_with_two_separators()
    {
        EncodedText pair = Roberta().Encode("h", "e");

        pair.Ids.Select(id => Vocabulary[id]).ShouldBe(["<s>", "h", "</s>", "</s>", "e", "</s>"]);
        pair.Types.ShouldAllBe(type => type == 0);
    }

    [Theory]
    [InlineData("12", "1 2")]
    [InlineData("e\u0301", "Ã©")]
    [InlineData("hello\n\n", "hello Ċ Ċ")]
    public void Qwen_composes_characters_and_reads_single_digits(string text, string pieces)
    {
        ModelTokenizer tokenizer = TestTokenizers.Read("qwen3", ("tokenizer.json", Json(QwenPattern, "NFC")));

        string.Join(' ', tokenizer.Encode(text).Ids.SkipLast(1).Select(id => Vocabulary[id])).ShouldBe(pieces);
        tokenizer.Encode(text).Ids[^1].ShouldBe(2);
    }

    [Fact]
    public void What_was_added_without_being_special_is_kept_whole_and_special_tokens_are_text()
    {
        object[] added = [Added("<call>", 600, special: false), Added("  ", 601, special: false), Added("</s>", 2, special: true)];
        ModelTokenizer tokenizer = TestTokenizers.Read("qwen3", ("tokenizer.json", Json(QwenPattern, "NFC", added)));

        tokenizer.Encode("he<call>he  ").Ids.ShouldBe([Id("he"), 600, Id("he"), 601, 2]);
        tokenizer.Encode("</s>").Ids.ShouldBe([Id("<"), Id("/"), Id("s"), Id(">"), 2]);
    }

    [Fact]
    public void An_added_token_that_takes_blanks_with_it_is_refused() =>
        Should.Throw<ConfigurationException>(() => TestTokenizers.Read("qwen3", ("tokenizer.json", Json(QwenPattern, "NFC", [Added("<call>", 600, special: false, strips: true)]))))
            .Message.ShouldContain("'added_tokens[0]'");

    [Fact]
    public void A_blank_before_the_text_is_added_where_the_folder_says_so()
    {
        ModelTokenizer tokenizer = Roberta(("tokenizer_config.json", """{ "add_prefix_space": true }"""));

        Pieces(tokenizer.Inside("hello")).ShouldBe("Ġhello");
    }

    [Theory]
    [InlineData("a+", "NFC", "pattern of words is not known")]
    [InlineData(QwenPattern, "NFKC", "NFKC is not known")]
    public void Steps_that_are_not_known_are_refused(string pattern, string normalizer, string problem) =>
        Should.Throw<ConfigurationException>(() => TestTokenizers.Read("qwen3", ("tokenizer.json", Json(pattern, normalizer)))).Message.ShouldContain(problem);

    [Fact]
    public void Files_without_a_template_are_refused_for_other_kinds() =>
        Should.Throw<ConfigurationException>(() => TestTokenizers.Read("gpt2", ("vocab.json", "{}"), ("merges.txt", ""))).Message.ShouldContain("'gpt2' need tokenizer.json");

    private static ModelTokenizer Roberta(params (string, object)[] more) =>
        TestTokenizers.Read("roberta", [("vocab.json", Vocabulary.Index().ToDictionary(token => token.Item, token => token.Index)), ("merges.txt", "#version: 0.2\n" + string.Join('\n', Merges)), .. more]);

    private static object Added(string content, int id, bool special, bool strips = false) => new { id, content, special, lstrip = strips, rstrip = false, single_word = false, normalized = false };

    private static int Id(string piece) => Array.IndexOf(Vocabulary, piece);

    private static object Json(string pattern, string normalizer, params object[] added) => new
    {
        added_tokens = added,
        normalizer = new { type = normalizer },
        pre_tokenizer = new
        {
            type = "Sequence",
            pretokenizers = new object[]
            {
                new { type = "Split", pattern = new { Regex = pattern }, behavior = "Isolated", invert = false },
                new { type = "ByteLevel", add_prefix_space = false, trim_offsets = false, use_regex = false },
            },
        },
        post_processor = new
        {
            type = "Sequence",
            processors = new object[]
            {
                new { type = "ByteLevel", add_prefix_space = false },
                new
                {
                    type = "TemplateProcessing",
                    single = new object[] { new { Sequence = new { id = "A", type_id = 0 } }, new { SpecialToken = new { id = "</s>", type_id = 0 } } },
                    pair = new object[] { new { Sequence = new { id = "A", type_id = 0 } }, new { SpecialToken = new { id = "</s>", type_id = 0 } }, new { Sequence = new { id = "B", type_id = 0 } } },
                    special_tokens = new Dictionary<string, object> { ["</s>"] = new { id = "</s>", ids = new[] { 2 } } },
                },
            },
        },
        model = new { type = "BPE", byte_fallback = false, vocab = Vocabulary.Index().ToDictionary(token => token.Item, token => token.Index), merges = Merges.Select(merge => merge.Split(' ')) },
    };

    private static string Pieces(int[] ids) => string.Join(' ', ids.Select(id => Vocabulary[id]));

    // GPT-2's pattern, one code point at a time
    private static IEnumerable<string> Words(string text)
    {
        string[] runes = [.. text.EnumerateRunes().Select(rune => rune.ToString())];
        for (int at = 0; at < runes.Length;)
        {
            int start = at;
            string? contraction = new[] { "'s", "'t", "'re", "'ve", "'m", "'ll", "'d" }.FirstOrDefault(end => string.Concat(runes[at..]).StartsWith(end, StringComparison.Ordinal));
            if (contraction is not null)
            {
                at += contraction.Length;
            }
            else
            {
                int first = runes[at] == " " && at + 1 < runes.Length && Kind(runes[at + 1]) != 's' ? at + 1 : at;
                for (at = first + 1; at < runes.Length && Kind(runes[at]) == Kind(runes[first]);)
                    at++;
                // of several blanks before a word the last one is the word's
                if (Kind(runes[first]) == 's' && at < runes.Length && at - first > 1)
                    at--;
            }

            yield return string.Concat(runes[start..at]);
        }
    }

    private static char Kind(string rune) => Rune.GetRuneAt(rune, 0) switch
    {
        var letter when Rune.IsLetter(letter) => 'l',
        var number when Rune.IsNumber(number) => 'n',
        var space when Rune.IsWhiteSpace(space) => 's',
        _ => 'o',
    };

    private static List<string> Merge(string word)
    {
        List<string> pieces = [.. Encoding.UTF8.GetBytes(word).Select(each => Bytes[each])];
        while (true)
        {
            (int rank, int at) = Enumerable.Range(0, Math.Max(0, pieces.Count - 1)).Select(at => (Rank: Array.IndexOf(Merges, $"{pieces[at]} {pieces[at + 1]}"), At: at)).Where(pair => pair.Rank >= 0).DefaultIfEmpty((-1, 0)).Min();
            if (rank < 0)
                return pieces;
            pieces[at] += pieces[at + 1];
            pieces.RemoveAt(at + 1);
        }
    }

    // GPT-2's table: printable bytes stand for themselves, others for letters from U+0100 on
    private static string LetterOf(int number)
    {
        static bool IsPrintable(int each) => each is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE;
        return ((char)(IsPrintable(number) ? number : 256 + Enumerable.Range(0, number).Count(each => !IsPrintable(each)))).ToString();
    }
}
