using System.Text.Json;
using AgentRouter.Cli.Tests.Support;
using Snapshooter;
using Snapshooter.Xunit;

namespace AgentRouter.Cli.Tests.Commands.Route;

public sealed class CapsTests
{
    // small solves what 2 divides, middle what 3 divides or 2, large nearly all
    private static string Table() => string.Concat(Enumerable.Range(0, 36).Select(row =>
        $"{{\"id\":\"t{row}\",\"models\":{{{Run("small", row % 2 == 0, row % 3 + 1)},{Run("middle", row % 3 == 0 || row % 2 == 0, 10)},{Run("large", row != 7, 20 + row % 4 * 10)}}}}}\n"));

    private static string Run(string model, bool solved, int cents) => $"\"{model}\":{{\"score\":{(solved ? 1 : 0)},\"costUsd\":0.{cents:00}}}";

    [Theory]
    [InlineData(180)]
    [InlineData(80)]
    public async Task Policies_under_caps(int width)
    {
        using var cli = new TestCli(width);
        cli.Write("outcomes.jsonl", Table());
        (await cli.RunAsync("route", "caps", "--data", "outcomes.jsonl", "--ladder", "small,middle,large", "--caps", "0.30,none", "--check-cost", "0.01", "--folds", "3")).ShouldBe(0);
        Snapshot.Match(cli.Seen, SnapshotNameExtension.Create(width));
    }

    [Fact]
    public async Task Caps_that_are_not_named_follow_what_tasks_cost()
    {
        using var cli = new TestCli();
        cli.Write("outcomes.jsonl", Table().Replace("\"costUsd\":0.", "\"costUsd\":0.000", StringComparison.Ordinal));

        (await cli.RunAsync("route", "caps", "--data", "outcomes.jsonl", "--json")).ShouldBe(0, cli.Errors);

        // large costs $0.00035 on average
        JsonDocument.Parse(cli.Lines).RootElement.GetProperty("caps").EnumerateArray().Select(section => section.GetProperty("capUsd").ToString())
            .ShouldBe(["0.000035", "0.000088", "0.00018", "0.00026", "0.00035", "0.00052", ""]);
    }

    [Fact]
    public async Task Figures_for_programs()
    {
        using var cli = new TestCli();
        cli.Write("outcomes.jsonl", Table());
        (await cli.RunAsync("route", "caps", "--data", "outcomes.jsonl", "--weak", "small", "--strong", "large", "--caps", "0.25", "--json")).ShouldBe(0);
        JsonElement report = JsonDocument.Parse(cli.Lines).RootElement;
        JsonElement section = report.GetProperty("caps")[0];
        section.GetProperty("capUsd").GetDecimal().ShouldBe(0.25m);
        section.GetProperty("policies").EnumerateArray().ShouldAllBe(policy => policy.GetProperty("overCap").GetInt32() == 0);
    }

    [Theory]
    [InlineData("are the same model, 'small'", "--weak", "small", "--strong", "small")]
    [InlineData("names a model twice", "--ladder", "small,large,small")]
    [InlineData("The table has no model 'huge'", "--ladder", "small,huge")]
    [InlineData("--caps takes amounts in US dollars such as 0.25; 'much' is none", "--ladder", "auto", "--caps", "0.1,much")]
    [InlineData("--verifier takes two rates between 0 and 1", "--ladder", "auto", "--verifier", "1.2,0")]
    [InlineData("--check-cost takes amounts in US dollars", "--ladder", "auto", "--check-cost", "-1")]
    [InlineData("needs 2 folds or more, not 1", "--ladder", "auto", "--folds", "1")]
    public async Task What_is_wrong_is_said(string message, params string[] arguments)
    {
        using var cli = new TestCli(200);
        cli.Write("outcomes.jsonl", Table());
        (await cli.RunAsync(["route", "caps", "--data", "outcomes.jsonl", .. arguments])).ShouldBe(64);
        (cli.Errors + cli.Seen).ShouldContain(message);
    }
}
