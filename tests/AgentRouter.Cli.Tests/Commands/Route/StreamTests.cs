using System.Text.Json;
using AgentRouter.Cli.Tests.Support;

namespace AgentRouter.Cli.Tests.Commands.Route;

public sealed class StreamTests
{
    private static readonly string Rows = string.Concat(Enumerable.Range(0, 12).Select(i =>
        $$$$"""{"id":"r{{{{i}}}}","group":"g{{{{i % 2}}}}","models":{"small":{"score":{{{{i % 2}}}},"costUsd":0.01},"large":{"score":{{{{(i + 1) % 2}}}},"costUsd":0.1}}}""" + "\n"));

    [Fact]
    public async Task The_bandit_is_shown_beside_its_baselines()
    {
        using var cli = new TestCli();
        cli.Write("rows.jsonl", Rows);
        (await cli.RunAsync("route", "stream", "--data", "rows.jsonl", "--orders", "2", "--warm", "4")).ShouldBe(0, cli.Errors);
        foreach (string policy in new[] { "oracle", "random", "always small", "always large", "best of the group, in hindsight", "bandit, warmed up", "frozen table" })
            cli.Seen.ShouldContain(policy);
        cli.Seen.ShouldContain("8 tasks, 2 models, 2 random orders");
        cli.Seen.ShouldContain("Too few to tell");
    }

    [Fact]
    public async Task Models_are_named_with_commas_and_an_unknown_one_is_said()
    {
        using var cli = new TestCli();
        cli.Write("rows.jsonl", Rows);

        (await cli.RunAsync("route", "stream", "--data", "rows.jsonl", "--orders", "2", "--models", "small,large")).ShouldBe(0, cli.Errors);
        (await cli.RunAsync("route", "stream", "--data", "rows.jsonl", "--models", "nope")).ShouldBe(64);
        cli.Errors.ShouldContain("The table has no model 'nope'");
    }

    [Fact]
    public async Task Programs_get_json()
    {
        using var cli = new TestCli();
        cli.Write("rows.jsonl", Rows);
        (await cli.RunAsync("route", "stream", "--data", "rows.jsonl", "--orders", "2", "--json")).ShouldBe(0, cli.Errors);
        JsonElement figures = JsonDocument.Parse(cli.Lines).RootElement;
        figures.GetProperty("tasks").GetInt32().ShouldBe(12);
        figures.GetProperty("policies").EnumerateArray().First().GetProperty("policy").GetString().ShouldBe("oracle");
    }

    [Theory]
    [InlineData("--models", "small")]
    [InlineData("--models", "small", "other")]
    [InlineData("--warm", "12")]
    [InlineData("--orders", "0")]
    [InlineData("--success-value", "0")]
    public async Task What_cannot_be_measured_is_an_error_of_use(params string[] options)
    {
        using var cli = new TestCli();
        cli.Write("rows.jsonl", Rows);
        (await cli.RunAsync(["route", "stream", "--data", "rows.jsonl", .. options])).ShouldBe(64);
        cli.Lines.ShouldBeEmpty();
    }
}
