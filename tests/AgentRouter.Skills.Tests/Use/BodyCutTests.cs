using AgentRouter.Skills.Use;
using CsCheck;

namespace AgentRouter.Skills.Tests.Use;

public sealed class BodyCutTests
{
    [Fact]
    public void A_heading_in_code_is_none() =>
        BodyCut.To("# A\n\nabc abc abc abc\n\n```\n# no heading\nabc abc\n```\n\n# B\n\nabc", 12).LeftOut.ShouldBe(["B"]);

    [Fact]
    public void Where_the_heading_would_leave_little_it_is_cut_after_a_paragraph() =>
        BodyCut.To("# A\n\n## Steps\n\nabc abc abc abc\n\nabc abc abc abc abc abc abc abc", 12).Kept.ShouldBe("# A\n\n## Steps\n\nabc abc abc abc");

    [Fact]
    public void One_long_line_is_cut_where_it_must_be_and_never_inside_a_character() =>
        BodyCut.To(string.Concat(Enumerable.Repeat("😀", 30)), 10).Kept.ShouldBe(string.Concat(Enumerable.Repeat("😀", 10)));

    [Fact]
    public void What_stays_is_the_beginning_and_fits() =>
        Gen.Select(Gen.String[Gen.Char["ab# \n`é😀"], 0, 400], Gen.Int[1, 120]).Sample((text, tokens) =>
        {
            (string kept, _) = BodyCut.To(text, tokens);

            text.ShouldStartWith(kept);
            SkillTokens.Of(kept).ShouldBeLessThanOrEqualTo(tokens);
            if (SkillTokens.Of(text) <= tokens)
                kept.ShouldBe(text);
        });
}
