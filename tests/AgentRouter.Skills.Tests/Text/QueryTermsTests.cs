using AgentRouter.Skills.Text;

namespace AgentRouter.Skills.Tests.Text;

public sealed class QueryTermsTests
{
    [Fact]
    public void Stop_words_go_and_repeated_words_count_a_little_more()
    {
        IReadOnlyList<QueryTerm> terms = QueryTerms.Of("Please make sure that the tests, the test and the build pass.", StemKind.Plural);

        terms.Select(term => term.Word).ShouldBe(["tests", "build", "pass"]);
        terms[0].Weight(0.5).ShouldBe(Math.Sqrt(2), 1e-9);
        terms[0].Weight(0).ShouldBe(1);
        terms[1].Weight(0.5).ShouldBe(1);
    }

    [Fact]
    public void A_name_in_code_marks_counts_half_but_a_path_counts_fully()
    {
        IReadOnlyList<QueryTerm> terms = QueryTerms.Of("Set `material_id` in `/root/report.json` with `ffmpeg`; ffmpeg helps.", StemKind.Plural);

        terms.ToDictionary(term => term.Word, term => term.Weight(0)).ShouldBe(new Dictionary<string, double>
        {
            ["Set"] = 1,
            ["material"] = 0.5,
            ["id"] = 0.5,
            ["root"] = 1,
            ["report"] = 1,
            ["json"] = 1,
            ["ffmpeg"] = 1,
        });
        terms.Single(term => term.Word == "ffmpeg").Sum.ShouldBe(1.5);
    }

    [Fact]
    public void Fences_and_lone_marks_are_no_names()
    {
        InlineCode.Find("```\n`inside`\n``` then `name` and ` alone").Count.ShouldBe(1);
        InlineCode.Find("`not\nclosed` here").ShouldBeEmpty();
        InlineCode.Find("`a.json` `dir/x` `C:\\x`").ShouldBeEmpty();
    }

    [Fact]
    public void Sentences_end_at_stops_and_lines_and_short_ones_are_left_out() =>
        QuerySentences.Of("Read the file report.json carefully. Then go.\nWrite a summary of the report\n\nDone!").ShouldBe(
            ["Read the file report.json carefully.", "Write a summary of the report"]);

    [Fact]
    public void Endless_queries_are_cut()
    {
        string query = string.Join(". ", Enumerable.Range(0, 100_000).Select(i => $"word{i} and another sentence"));

        QueryTerms.Of(query, StemKind.Plural).Count.ShouldBeLessThan(1_000);
        QuerySentences.Of(query).Count.ShouldBe(QuerySentences.Most);
    }
}
