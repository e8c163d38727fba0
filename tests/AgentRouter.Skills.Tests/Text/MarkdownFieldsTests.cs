using AgentRouter.Skills.Text;

namespace AgentRouter.Skills.Tests.Text;

public sealed class MarkdownFieldsTests
{
    [Fact]
    public void Headings_prose_and_fences_are_told_apart() => Fields("# Title\nText\n```sh\n# no heading\n~~~\n```\nMore\n").ShouldBe(
    [
        (SkillField.Heading, "# Title"), (SkillField.Prose, "Text"), (SkillField.Code, "```sh"), (SkillField.Code, "# no heading"),
        (SkillField.Code, "~~~"), (SkillField.Code, "```"), (SkillField.Prose, "More"),
    ]);

    [Fact]
    public void What_is_far_down_counts_as_such_and_the_end_is_not_read()
    {
        string body = new string('a', MarkdownFields.NearLength - 10) + "\n" + new string('b', 20) + "\n```\ncode\n```\n# Late\n" + new string('c', 9_000);

        (SkillField Field, string Text)[] fields = Fields(body);

        fields.Select(each => each.Field).ShouldBe([SkillField.Prose, SkillField.Prose, SkillField.LaterProse,
            SkillField.LaterCode, SkillField.LaterCode, SkillField.LaterCode, SkillField.Heading, SkillField.LaterProse]);
        fields[1].Text.Length.ShouldBe(9);
        fields.Sum(each => each.Text.Length).ShouldBeLessThanOrEqualTo(MarkdownFields.ReadLength);
    }

    private static (SkillField Field, string Text)[] Fields(string body)
    {
        var found = new List<(SkillField, string)>();
        var lines = new MarkdownFields(body);
        while (lines.MoveNext())
            found.Add((lines.Field, lines.Current.TrimEnd('\n').ToString()));
        return [.. found];
    }
}
