using AgentRouter.Skills.Tests.Support;
using AgentRouter.Skills.Text;
using CsCheck;

namespace AgentRouter.Skills.Tests.Text;

public sealed class SkillPassagesTests
{
    [Fact]
    public void Passages_end_at_headings_and_begin_with_the_name()
    {
        string body = $"# One\n{string.Concat(Enumerable.Repeat("Some words.\n", 40))}# Two\nOther words.\n";

        IReadOnlyList<string> texts = SkillPassages.Of(TestSkills.Of("tea", "Makes tea", body));

        texts.Count.ShouldBe(3);
        texts[0].ShouldBe("tea\nMakes tea");
        texts[1].ShouldStartWith("tea\n# One\nSome words.");
        texts[2].ShouldBe("tea\n# Two\nOther words.");
    }

    [Fact]
    public void Nothing_of_a_body_is_lost_and_no_passage_is_long() => Gen.Char["ab# \n"].Array[0, 4_000].Sample(characters =>
    {
        string body = new(characters);

        string[] passages = [.. SkillPassages.Of(TestSkills.Of("n", "", body)).Skip(1).Select(text => text["n\n".Length..])];

        passages.ShouldAllBe(passage => passage.Length > 0 && passage.Length <= 1_200);
        string.Concat(passages.SelectMany(passage => passage.Where(c => !char.IsWhiteSpace(c)))).ShouldBe(string.Concat(body.Where(c => !char.IsWhiteSpace(c))));
    }, iter: 100);

    [Fact]
    public void Long_texts_are_cut()
    {
        IReadOnlyList<string> texts = SkillPassages.Of(TestSkills.Of("n", new string('d', 5_000), new string('b', 50_000)));

        texts[0].Length.ShouldBe(1_502);
        texts.Skip(1).Sum(text => text.Length - 2).ShouldBe(8_000);
    }
}
