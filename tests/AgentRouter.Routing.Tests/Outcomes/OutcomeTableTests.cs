using System.IO.Compression;
using AgentRouter.Configuration;
using AgentRouter.Pricing;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Tests.Outcomes;

public sealed class OutcomeTableTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outcomes").FullName;

    [Fact]
    public async Task A_row_is_read_with_everything_it_says()
    {
        string file = Write("""{"id":"a","group":"maths","task":"t","step":2,"prompt":"1+1?","models":{"small":{"score":0.5,"costUsd":0.0123,"calls":3,"inputTokens":10,"outputTokens":20,"latencyMs":1500,"extra":"left"},"large":null}}""");

        OutcomeRow row = (await OutcomeTable.LoadAsync([file])).Rows.ShouldHaveSingleItem();

        row.ShouldSatisfyAllConditions(
            () => row.Id.ShouldBe("a"),
            () => row.Group.ShouldBe("maths"),
            () => row.Task.ShouldBe("t"),
            () => row.Step.ShouldBe(2),
            () => row.Prompt.ShouldBe("1+1?"),
            () => row.Location.ShouldBe($"{file}:1"),
            () => row.Models.Keys.ShouldBe(["small"]),
            () => row.Models["small"].ShouldBe(new ModelOutcome
            {
                Score = 0.5,
                Cost = Money.FromUsd(0.0123m),
                Calls = 3,
                InputTokens = 10,
                OutputTokens = 20,
                Latency = TimeSpan.FromSeconds(1.5),
            }));
    }

    [Fact]
    public async Task What_is_written_is_read_again_and_hashes_the_same()
    {
        var table = new OutcomeTable(
        [
            new OutcomeRow { Id = "1", Prompt = "ä \"quoted\"\nline", Models = Both(1, 0) },
            new OutcomeRow { Id = "2", Group = "g", Task = "t", Step = 3, Models = Both(0, 0.25) },
        ]);
        string file = Write([.. table.Rows.Select(OutcomeTableWriter.Line)]);

        OutcomeTable read = await OutcomeTable.LoadAsync([file]);

        read.ComputeHash().ShouldBe(table.ComputeHash());
        read.Rows.Select(OutcomeTableWriter.Line).ShouldBe(table.Rows.Select(OutcomeTableWriter.Line));
    }

    [Fact]
    public async Task A_compressed_file_and_a_plain_one_are_put_together()
    {
        string plain = Write("""{"id":"a","models":{"m":{"score":1}}}""");
        string compressed = Path.Combine(_folder, "b.jsonl.gz");
        await using (var gzip = new GZipStream(File.Create(compressed), CompressionLevel.Fastest))
            gzip.Write("{\"id\":\"b\",\"models\":{\"m\":{\"score\":0}}}\n\n"u8);

        OutcomeTable table = await OutcomeTable.LoadAsync([plain, compressed]);

        table.Rows.Select(row => row.Id).ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData("""{"models":{"m":{"score":1}}}""", "a row needs an 'id'")]
    [InlineData("""{"id":"a"}""", "a row needs 'models'")]
    [InlineData("""{"id":"a","models":{}}""", "'models' is empty")]
    [InlineData("""{"id":"a","models":{"m":{"costUsd":1}}}""", "the outcome of 'm' needs a 'score'")]
    [InlineData("""{"id":"a","models":{"m":{"score":"NaN"}}}""", "'score' of 'm' is a number from 0, not \"NaN\"")]
    [InlineData("""{"id":"a","models":{"m":{"score":1.5}}}""", "the score of 'm' is 1.5; scores are between 0 and 1")]
    [InlineData("""{"id":"a","models":{"m":{"score":-1}}}""", "the score of 'm' is -1")]
    [InlineData("""{"id":"a","models":{"m":{"score":1,"costUsd":-0.1}}}""", "'costUsd' of 'm' is an amount of dollars from 0, not -0.1")]
    [InlineData("""{"id":"a","models":{"m":{"score":1,"calls":1.5}}}""", "'calls' of 'm' is a whole number, not 1.5")]
    [InlineData("""{"id":"a","models":{"m":1}}""", "the outcome of 'm' is an object")]
    [InlineData("""{"id":7,"models":{"m":{"score":1}}}""", "'id' is a text, not a number")]
    [InlineData("""[1]""", "a line is a JSON object, not a list")]
    [InlineData("""{"id":"","models":{"m":{"score":1}}}""", "a row needs an 'id', a text")]
    [InlineData("""{"id":"a","id":"b","models":{"m":{"score":1}}}""", "the line is not JSON")]
    [InlineData("""{"id":"a","models":{"m":{"score":1,"usdPerMillionTokens":1e30}}}""", "'usdPerMillionTokens' of 'm' is a number from 0 to 1,000,000, not 1e30")]
    [InlineData("""{"id":""", "the line is not JSON")]
    public async Task A_bad_line_is_refused_with_its_place_and_the_reason(string line, string reason)
    {
        string file = Write("""{"id":"first","models":{"m":{"score":1}}}""", line);

        var error = await Should.ThrowAsync<ConfigurationException>(() => OutcomeTable.LoadAsync([file]));

        error.Message.ShouldStartWith($"{file}:2: ");
        error.Message.ShouldContain(reason);
        error.Message.ShouldNotContain("LineNumber");
    }

    [Fact]
    public async Task Two_rows_with_one_id_are_refused_with_both_places()
    {
        string file = Write("""{"id":"a","models":{"m":{"score":1}}}""", """{"id":"a","models":{"m":{"score":0}}}""");

        (await Should.ThrowAsync<ConfigurationException>(() => OutcomeTable.LoadAsync([file])))
            .Message.ShouldBe($"{file}:2: the id 'a' is taken by {file}:1. Ids are unique in a table.");
    }

    [Fact]
    public async Task An_empty_file_is_refused() =>
        (await Should.ThrowAsync<ConfigurationException>(() => OutcomeTable.LoadAsync([Write("")]))).Message.ShouldStartWith("There is no row in ");

    [Fact]
    public async Task A_file_that_only_looks_compressed_is_refused()
    {
        string file = Path.Combine(_folder, "not.jsonl.gz");
        await File.WriteAllTextAsync(file, "{}");

        (await Should.ThrowAsync<ConfigurationException>(() => OutcomeTable.LoadAsync([file]))).Message.ShouldContain("the file is not packed with gzip");
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(-40)]
    [InlineData(3)]
    public async Task A_compressed_file_that_is_cut_or_goes_on_behind_its_end_is_refused(int change)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
            gzip.Write("{\"id\":\"a\",\"models\":{\"m\":{\"score\":0}}}\n{\"id\":\"b\",\"models\":{\"m\":{\"score\":0}}}\n"u8);
        byte[] bytes = packed.ToArray();
        string file = Path.Combine(_folder, "cut.jsonl.gz");
        await File.WriteAllBytesAsync(file, change < 0 ? bytes[..^-change] : [.. bytes, .. new byte[change]]);

        (await Should.ThrowAsync<ConfigurationException>(() => OutcomeTable.LoadAsync([file]))).Message.ShouldContain("cut.jsonl.gz: the gzip file is cut, or something stands behind its end");
    }

    [Fact]
    public async Task A_folder_is_no_table() =>
        (await Should.ThrowAsync<ConfigurationException>(() => OutcomeTable.LoadAsync([_folder]))).Message.ShouldContain("is a folder. Name a file of JSON Lines");

    [Fact]
    public void A_row_is_known_again_by_its_prompt_under_another_id()
    {
        OutcomeRow row = new() { Id = "1", Prompt = "Why?", Models = Both(1, 0) };

        RowHashes.Of(row with { Id = "2" }).ShouldBe(RowHashes.Of(row));
        RowHashes.Of(row with { Prompt = "How?" }).ShouldNotBe(RowHashes.Of(row));
        RowHashes.Of(row with { Id = "2", Prompt = null }).ShouldNotBe(RowHashes.Of(row with { Prompt = null }));
        long[] hashes = RowHashes.Of([row, row with { Prompt = "How?" }]);
        RowHashes.Read(RowHashes.Write(hashes)).ShouldBe(hashes);
        RowHashes.Read("not base 64").ShouldBeNull();
    }

    [Fact]
    public void Rows_that_lack_a_model_are_left_out_when_it_is_asked_for()
    {
        var table = new OutcomeTable(
        [
            new OutcomeRow { Id = "1", Models = Both(1, 0) },
            new OutcomeRow { Id = "2", Models = new Dictionary<string, ModelOutcome> { ["small"] = new() { Score = 1 } } },
        ]);

        table.With("small", "large").Rows.ShouldHaveSingleItem().Id.ShouldBe("1");
        Should.Throw<ConfigurationException>(() => table.With("smal")).Message.ShouldBe("The table has no model 'smal'. Did you mean 'small'?");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Dictionary<string, ModelOutcome> Both(double small, double large) =>
        new() { ["small"] = new() { Score = small, Cost = Money.FromUsd(0.01m) }, ["large"] = new() { Score = large } };

    private string Write(params string[] lines)
    {
        string file = Path.Combine(_folder, $"{Guid.NewGuid():N}.jsonl");
        File.WriteAllLines(file, lines);
        return file;
    }
}
