using AgentRouter.Tools.Text;
using CsCheck;

namespace AgentRouter.Tools.Tests.Text;

public sealed class OutputCaptureTests
{
    [Fact]
    public void A_short_text_comes_back_whole() => OutputCapture.Shorten("short", 10).ShouldBe("short");

    [Fact]
    public void A_long_text_keeps_its_beginning_and_its_end() =>
        OutputCapture.Shorten("aaa" + new string('x', 12_345) + "bbbbbb", 9).ShouldBe("aaa\n… 12,345 characters left out …\nbbbbbb");

    [Fact]
    public void Pieces_make_the_same_as_the_whole() =>
        Gen.Select(Gen.String[Gen.Char['a', 'z'], 0, 200], Gen.Int[3, 60], Gen.Int[1, 70]).Sample((text, limit, piece) =>
        {
            var capture = new OutputCapture(limit);
            for (int place = 0; place < text.Length; place += piece) capture.Append(text.AsSpan(place, Math.Min(piece, text.Length - place)));
            string expected = text.Length <= limit
                ? text
                : text[..(limit / 3)] + $"\n… {text.Length - limit} characters left out …\n" + text[^(limit - (limit / 3))..];
            return capture.ToString() == expected;
        });

    [Fact]
    public void No_character_is_cut_in_half()
    {
        string text = string.Concat(Enumerable.Repeat("🙂", 50));
        string shortened = OutputCapture.Shorten(text, 10);
        shortened.Where(char.IsSurrogate).Count().ShouldBe(8);
        shortened.ShouldStartWith("🙂\n…");
        shortened.ShouldEndWith("…\n🙂🙂🙂");
    }

    [Fact]
    public void Escape_sequences_and_control_characters_are_taken_out() =>
        TerminalText.Clean("\u001b[1;31mred\u001b[0m\a\u001b]0;title\a\tx\r\n50%\r100%\u001b(B").ShouldBe("red\tx\n50%\n100%");
}
