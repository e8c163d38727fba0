using System.Text.Json;
using AgentRouter.Cli.Tests.Support;
using Snapshooter;
using Snapshooter.Xunit;

namespace AgentRouter.Cli.Tests.Commands;

public sealed class RouteEvalTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    public async Task A_pair_of_models(int width)
    {
        using var cli = new TestCli(width);
        cli.Write("outcomes.jsonl", Table(60));
        (await cli.RunAsync("route", "eval", "--data", "outcomes.jsonl", "--weak", "small", "--strong", "large", "--folds", "2")).ShouldBe(0, cli.Errors);
        Snapshot.Match(cli.Seen, SnapshotNameExtension.Create(width));
    }

    [Fact]
    public async Task Many_models()
    {
        using var cli = new TestCli();
        cli.Write("outcomes.jsonl", Table(60));
        (await cli.RunAsync("route", "eval", "--data", "outcomes.jsonl", "--folds", "2", "--policy", "random", "group", "boundary", "oracle")).ShouldBe(0, cli.Errors);
        Snapshot.Match(cli.Seen);
    }

    [Fact]
    public async Task The_figures_as_json_are_the_same_for_the_same_seed()
    {
        using var first = new TestCli();
        using var second = new TestCli();
        foreach (TestCli cli in (TestCli[])[first, second])
        {
            cli.Write("train.jsonl", Table(60));
            cli.Write("test.jsonl", Table(40, from: 60));
            (await cli.RunAsync("route", "eval", "--data", "test.jsonl", "--train", "train.jsonl", "--models", "small,large", "--json")).ShouldBe(0, cli.Errors);
        }

        first.Lines.ShouldBe(second.Lines);
        JsonElement pair = JsonDocument.Parse(first.Lines).RootElement.GetProperty("pair");
        pair.GetProperty("rows").GetInt32().ShouldBe(40);
        pair.GetProperty("routers").EnumerateArray().Select(router => router.GetProperty("name").GetString()).ShouldBe(["random", "length", "group", "lr", "et", "boundary", "oracle"]);
    }

    [Theory]
    [InlineData("The table has no model 'larg'. Did you mean 'large'?", "--weak", "small", "--strong", "larg")]
    [InlineData("A pair has two models: give both --weak and --strong.", "--weak", "small")]
    [InlineData("--weak and --strong are the same model, 'small'.", "--weak", "small", "--strong", "small")]
    [InlineData("--models takes two models or more", "--models", "small")]
    [InlineData("There is no router 'bondary' here. Did you mean 'boundary'?", "--policy", "bondary")]
    [InlineData("There is no policy file", "--policy", "nowhere.json")]
    [InlineData("--folds is a number from 2 to 100.", "--folds", "1")]
    [InlineData("--quality is a share above 0, at most 1.", "--quality", "2")]
    [InlineData("The table has 3 group(s); groups that stay whole need at least one a fold", "--unseen-groups")]
    [InlineData("is trained on too. A router is measured on rows it was not trained on.", "--train", "outcomes.jsonl")]
    public async Task What_cannot_be_measured_is_refused_with_the_reason(string reason, params string[] arguments)
    {
        using var cli = new TestCli(200);
        cli.Write("outcomes.jsonl", Table(60));
        (await cli.RunAsync(["route", "eval", "--data", "outcomes.jsonl", .. arguments])).ShouldBe(64);
        cli.Errors.ShouldContain(reason);
    }

    [Fact]
    public async Task A_table_without_prompts_is_measured_by_its_groups()
    {
        using var cli = new TestCli();
        cli.Write("outcomes.jsonl", Table(300, withPrompts: false));
        (await cli.RunAsync("route", "eval", "--data", "outcomes.jsonl", "--weak", "small", "--strong", "large", "--folds", "2")).ShouldBe(0, cli.Errors);
        cli.Seen.ShouldContain("boundary");
        cli.Seen.ShouldContain("The rows have no prompts: length is left out, and et knows nothing.");
    }

    [Fact]
    public async Task Rows_that_lack_a_model_are_counted()
    {
        using var cli = new TestCli(160);
        cli.Write("outcomes.jsonl", Table(60) + """{"id":"half","models":{"small":{"score":1}}}""" + "\n");

        (await cli.RunAsync("route", "ceiling", "--data", "outcomes.jsonl")).ShouldBe(0);

        cli.Errors.ShouldContain("1 row of 61 left out: no outcome of large (1), medium (1).");
        cli.Seen.ShouldContain("choosing can gain at most +");
    }

    [Fact]
    public async Task The_ceiling_as_json_names_its_figures()
    {
        using var cli = new TestCli();
        cli.Write("outcomes.jsonl", Table(60));

        (await cli.RunAsync("route", "ceiling", "--data", "outcomes.jsonl", "--json")).ShouldBe(0);

        JsonElement ceiling = JsonDocument.Parse(cli.Lines).RootElement;
        ceiling.GetProperty("models")[0].GetProperty("model").GetString().ShouldBe("large");
        ceiling.GetProperty("weak").GetString().ShouldBe("small");
    }

    [Fact]
    public async Task A_weak_model_that_is_the_better_one_is_refused()
    {
        using var cli = new TestCli(160);
        cli.Write("outcomes.jsonl", Table(60));

        (await cli.RunAsync("route", "eval", "--data", "outcomes.jsonl", "--weak", "large", "--strong", "small", "--folds", "2")).ShouldBe(64);

        cli.Errors.ShouldContain("The weak model 'large' solves more rows");
    }

    [Theory]
    [InlineData("boundary")]
    [InlineData("capability")]
    public async Task A_policy_file_is_measured_on_rows_it_was_not_trained_on(string policy)
    {
        using var cli = new TestCli(120);
        cli.Write("train.jsonl", Table(90));
        cli.Write("test.jsonl", Table(60, from: 90));
        (await cli.RunAsync("route", "train", "--policy", policy, "--from", "train.jsonl", "--ladder", "small,large", "--folds", "2", "--force", "--out", "mine.json")).ShouldBe(0, cli.Errors);

        (await cli.RunAsync("route", "eval", "--data", "test.jsonl", "--weak", "small", "--strong", "large", "--folds", "2", "--policy", "mine.json", "--json")).ShouldBe(0, cli.Errors);

        string json = cli.Lines[cli.Lines.LastIndexOf("{\n  \"method\"", StringComparison.Ordinal)..];
        JsonElement mine = JsonDocument.Parse(json).RootElement.GetProperty("pair").GetProperty("routers").EnumerateArray().Single(router => router.GetProperty("name").GetString() == "mine.json");
        mine.GetProperty("apgr").GetDouble().ShouldBeGreaterThan(0.6);
        (await cli.RunAsync("route", "eval", "--data", "train.jsonl", "--weak", "small", "--strong", "large", "--policy", "mine.json")).ShouldBe(64);
        cli.Errors.ShouldContain("mine.json: the policy was trained on these very rows.");
        cli.Write("renamed.jsonl", Table(70, from: 30).Replace("\"row", "\"other", StringComparison.Ordinal));
        (await cli.RunAsync("route", "eval", "--data", "renamed.jsonl", "--weak", "small", "--strong", "large", "--policy", "mine.json")).ShouldBe(64);
        cli.Errors.ReplaceLineEndings(" ").ShouldContain("trained on this row, and on 60 of 70 rows in all");
        (await cli.RunAsync("route", "eval", "--data", "test.jsonl", "--policy", "mine.json")).ShouldBe(64);
        cli.Errors.ShouldContain("mine.json: the policy was not trained with the model 'medium', but with small, large.");
    }

    private static string Table(int rows, int from = 0, bool withPrompts = true) => string.Concat(Enumerable.Range(from, rows).Select(i =>
    {
        string prompt = withPrompts ? $"\"prompt\":\"{Prompt(i)}\"," : "";
        return $$$"""{"id":"row{{{i}}}","group":"group{{{i % 3}}}",{{{prompt}}}"models":{{{Models(i)}}}}""" + "\n";
    }));

    private static string Models(int i) =>
        $$$"""{"small":{"score":{{{(i % 3 == 0 ? 0 : 1)}}},"costUsd":0.01},"large":{"score":{{{(i % 10 == 0 ? 0 : 1)}}},"costUsd":0.1},"medium":{"score":{{{i % 2}}},"costUsd":0.05}}""";

    private static string Prompt(int i) => i % 3 == 0 ? $"Prove that the sum of {i} odd numbers is odd." : $"What is the capital of country {i}?";
}
