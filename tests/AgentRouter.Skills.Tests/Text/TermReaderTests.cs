using AgentRouter.Language;
using AgentRouter.Skills.Text;

namespace AgentRouter.Skills.Tests.Text;

public sealed class TermReaderTests
{
    [Theory]
    [InlineData("Fix the failing tests", "fix the failing test")]
    [InlineData("parseHTTPResponse2 getURL", "parsehttpresponse2 parse http response geturl get url")]
    [InlineData("snake_case file.name a/b-c", "snake case file name a b c")]
    [InlineData("C++ and C# and F#.", "c++ and c# and f#")]
    [InlineData("3D STL2obj iPhone", "3d stl2obj stl obj iphone phone")]
    [InlineData("queries boxes classes status analysis bus gas", "query box class status analysis bus gas")]
    [InlineData("Grüße aus Köln", "grüße aus köln")]
    [InlineData("使用必应 search", "使 用 必 应 search")]
    [InlineData("", "")]
    [InlineData("… — !", "")]
    public void Words_become_terms(string text, string terms) => string.Join(' ', Read(text, StemKind.Plural)).ShouldBe(terms);

    // pairs from M. F. Porter's article
    [Theory]
    [InlineData("caresses ponies cats", "caress poni cat")]
    [InlineData("agreed plastered motoring sing", "agre plaster motor sing")]
    [InlineData("conflated troubled sized hopping falling failing filing", "conflat troubl size hop fall fail file")]
    [InlineData("happy sky", "happi sky")]
    [InlineData("relational conditional rational digitizer operator", "relat condit ration digit oper")]
    [InlineData("triplicate formative electrical hopefulness", "triplic form electr hope")]
    [InlineData("revival allowance replacement adoption effective", "reviv allow replac adopt effect")]
    [InlineData("probate rate controll roll", "probat rate control roll")]
    public void Porter_stems_as_published(string text, string terms) => string.Join(' ', Read(text, StemKind.Porter)).ShouldBe(terms);

    [Fact]
    public void A_word_that_is_too_long_is_no_word() =>
        Read($"before {new string('x', TermReader.MaxWordLength + 1)} after", StemKind.Plural).ShouldBe(["before", "after"]);

    [Fact]
    public void Terms_of_different_stems_never_meet() =>
        TermHash.Of("file", (int)StemKind.Plural).ShouldNotBe(TermHash.Of("file", (int)StemKind.Porter));

    private static List<string> Read(string text, StemKind kind)
    {
        var collector = new Collector([]);
        TermReader.Read(text, kind, ref collector);
        return collector.Terms;
    }

    private readonly record struct Collector(List<string> Terms) : ITermVisitor
    {
        public void Visit(ReadOnlySpan<char> term, ReadOnlySpan<char> word, int start) => Terms.Add(term.ToString());
    }
}
