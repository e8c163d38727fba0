using AgentRouter.Skills.Duplicates;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Tests.Support;

namespace AgentRouter.Skills.Tests.Duplicates;

public sealed class SkillCopiesTests
{
    private static readonly string Body = string.Join(' ', Enumerable.Range(0, 300).Select(i => $"word{i * 7 % 300}"));

    [Fact]
    public void Copies_are_grouped_with_how_alike_they_are()
    {
        string changed = Body.Replace("word7 ", "other ", StringComparison.Ordinal);
        var index = SkillIndex.Of([TestSkills.Of("one", body: Body, id: "a"), TestSkills.Of("one", body: Body, id: "b"),
            TestSkills.Of("one", body: changed, id: "c"), TestSkills.Of("renamed", body: Body, id: "d"), TestSkills.Of("different", body: "Nothing in common with the others at all.", id: "e")]);

        CopyGroup group = SkillCopies.Find(index).ShouldHaveSingleItem();

        group.First.Id.ShouldBe("a");
        group.Copies.Select(copy => (copy.Skill.Id, copy.IsShadowed)).ShouldBe([("b", true), ("c", true), ("d", false)]);
        group.Copies[0].Likeness.ShouldBe(1);
        group.Copies[1].Likeness.ShouldBeInRange(0.8, 1);
    }

    [Fact]
    public void Skills_of_one_name_that_say_different_things_are_no_copies()
    {
        var index = SkillIndex.Of([TestSkills.Of("one", body: Body, id: "a"), TestSkills.Of("one", body: "A short and different text.", id: "b")]);

        SkillCopies.Find(index).ShouldBeEmpty();
        index.Find("one").Count.ShouldBe(2);
    }

    [Fact]
    public void Likeness_is_about_the_share_of_the_text_in_common()
    {
        string[] words = Body.Split(' ');
        string half = string.Join(' ', words.Take(150).Concat(Enumerable.Range(0, 150).Select(i => $"new{i}")));

        double likeness = Sketch(Body).Likeness(Sketch(half));

        likeness.ShouldBeInRange(0.1, 0.6);
        Sketch("").Likeness(Sketch("")).ShouldBe(0);
    }

    private static BodySketch Sketch(string body) => SkillIndex.Of([TestSkills.Of("x", body: body)]).Skills.Single().Sketch;
}
