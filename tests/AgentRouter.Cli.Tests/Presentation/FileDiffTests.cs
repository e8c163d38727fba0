using AgentRouter.Cli.Presentation;
using CsCheck;

namespace AgentRouter.Cli.Tests.Presentation;

public sealed class FileDiffTests
{
    [Fact]
    public void A_change_has_three_lines_around_it()
    {
        string before = string.Concat(Enumerable.Range(1, 20).Select(i => $"{i}\n"));
        FileDiff diff = FileDiff.Between("a", before, before.Replace("10\n", "ten\n", StringComparison.Ordinal));
        diff.Lines.ShouldBe(["@@ -7,7 +7,7 @@", " 7", " 8", " 9", "-10", "+ten", " 11", " 12", " 13"]);
        (diff.Added, diff.Removed, diff.State).ShouldBe((1, 1, "changed"));
    }

    [Fact]
    public void Changes_far_apart_have_hunks_of_their_own()
    {
        string before = string.Concat(Enumerable.Range(1, 40).Select(i => $"{i}\n"));
        string after = before.Replace("5\n6\n", "5\nnew\n6\n", StringComparison.Ordinal).Replace("35\n", "", StringComparison.Ordinal);
        FileDiff.Between("a", before, after).Lines.Where(line => line[0] == '@').ShouldBe(["@@ -3,6 +3,7 @@", "@@ -32,7 +33,6 @@"]);
    }

    [Theory]
    [InlineData(null, "a\nb\n", "added", "@@ -0,0 +1,2 @@")]
    [InlineData("a\nb\n", null, "removed", "@@ -1,2 +0,0 @@")]
    public void A_whole_file(string? before, string? after, string state, string header)
    {
        FileDiff diff = FileDiff.Between("a", before, after);
        diff.State.ShouldBe(state);
        diff.Lines[0].ShouldBe(header);
        diff.Lines.Count.ShouldBe(3);
    }

    [Fact]
    public void Line_ends_alone_are_told_in_words() =>
        FileDiff.Between("a", "a\r\nb\r\n", "a\nb").State.ShouldBe("changed, only in its line ends");

    [Fact]
    public void Applying_the_hunks_to_the_old_text_gives_the_new_one()
    {
        Gen<string> text = Gen.Char["abcd"].Select(c => c.ToString()).List[0, 30].Select(lines => string.Concat(lines.Select(line => line + "\n")));
        Gen.Select(text, text).Sample((before, after) => Apply(before, FileDiff.Between("f", before, after)) == after);
    }

    private static string Apply(string before, FileDiff diff)
    {
        List<string> old = [.. before.Split('\n')[..^1]];
        var now = new List<string>();
        int at = 0;
        foreach (string line in diff.Lines)
        {
            if (line.StartsWith("@@", StringComparison.Ordinal))
            {
                string[] range = line.Split(' ')[1][1..].Split(',');
                int start = int.Parse(range[0]) - (range[1] == "0" ? 0 : 1);
                now.AddRange(old[at..start]);
                at = start;
            }
            else if (line[0] == '+')
            {
                now.Add(line[1..]);
            }
            else
            {
                old[at].ShouldBe(line[1..]);
                if (line[0] == ' ')
                    now.Add(line[1..]);
                at++;
            }
        }

        now.AddRange(old[at..]);
        return string.Concat(now.Select(line => line + "\n"));
    }
}
