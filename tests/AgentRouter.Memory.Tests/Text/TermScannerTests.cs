using AgentRouter.Memory.Text;

namespace AgentRouter.Memory.Tests.Text;

public class TermScannerTests
{
    [Theory]
    [InlineData("She's gone to Zoë's café", "she gone to zoe cafe")]
    [InlineData("they've, we’ll, don't, can't", "they we do ca")]
    [InlineData("src/app.cs and foo_bar", "src app cs and foo bar")]
    [InlineData("日本語 ok", "日 本 語 ok")]
    [InlineData("", "")]
    public void Words_are_plain_and_without_contracted_endings(string text, string words)
    {
        var scanner = new TermScanner();
        scanner.Read(text);
        string.Join(' ', scanner.Words.Select(word => scanner.TextOf(word).ToString())).ShouldBe(words);
    }

    [Theory]
    [InlineData("went", "going")]
    [InlineData("mice", "mouse")]
    [InlineData("children", "child")]
    [InlineData("adoption", "adopted")]
    public void Forms_of_one_word_are_one_term(string one, string other) => TermOf(one).ShouldBe(TermOf(other));

    [Fact]
    public void Stop_words_are_words_but_no_terms()
    {
        var scanner = new TermScanner();
        scanner.Read("what is the budget");
        scanner.Words.Count(word => word.IsContent).ShouldBe(1);
    }

    [Fact]
    public void Words_that_are_used_alike_are_near_each_other()
    {
        IReadOnlyList<(ulong Term, float Cosine)> near = SimilarWords.Of(TermOf("dog"), 0.5f, 40);
        near.ShouldContain(each => each.Term == TermOf("puppy"));
        near.ShouldNotContain(each => each.Term == TermOf("invoice"));
        near.Select(each => each.Cosine).ShouldBeInOrder(SortDirection.Descending);
    }

    private static ulong TermOf(string word)
    {
        var scanner = new TermScanner();
        scanner.Read(word);
        return scanner.Words.Single().Number;
    }
}
