using AgentRouter.Memory.Text;
using CsCheck;

namespace AgentRouter.Memory.Tests.Text;

public sealed class CanonicalTextTests
{
    [Theory]
    [InlineData("Zoë's Café", "zoe cafe")]
    [InlineData("Don’t Look Now", "do look now")]
    [InlineData("O'Brien", "o brien")]
    [InlineData("Zoe\u0308's", "zoe")]
    [InlineData("  --  ", "")]
    [InlineData("Łódź (Poland)", "lodz poland")]
    public void Of_a_name_plain_words_are_left(string name, string form) => CanonicalText.OfName(name).ShouldBe(form);

    [Theory]
    [InlineData("Paris (Texas)", "paris")]
    [InlineData("Springfield, Illinois", "springfield")]
    [InlineData("The (new) Book", "the book")]
    [InlineData("(Untitled)", "untitled")]
    public void A_title_is_cut_at_its_comma_and_has_no_brackets(string title, string form) => CanonicalText.OfTitle(title).ShouldBe(form);

    [Fact]
    public void Names_have_the_words_that_questions_have() =>
        Gen.Char["aNn'’ -.sté東京1\ud83d"].Array[0, 20].Sample(
            characters =>
            {
                var scanner = new TermScanner();
                scanner.Read(characters);
                string words = string.Join(' ', scanner.Words.Select(word => scanner.TextOf(word).ToString()));

                CanonicalText.OfName(characters).ShouldBe(words);
            },
            iter: 5_000);
}
