using AgentRouter.Cli.Tests.Support;

namespace AgentRouter.Cli.Tests.Commands.Route;

public sealed class TwinTests
{
    private const string Bank = """
        {"id":"1","benchmark":"swe","instance_id":"x","step_index":1,"messages":[{"role":"user","content":"fix it"}],"target_tier":"low"}
        {"id":"2","benchmark":"swe","instance_id":"y","step_index":1,"messages":[{"role":"user","content":"fix it"}],"target_tier":"high"}
        """;

    [Fact]
    public async Task Predictions_are_scored()
    {
        using var cli = new TestCli();
        cli.Write("bank.jsonl", Bank);
        cli.Write("mine.jsonl", "{\"id\":\"1\",\"tier\":\"high\"}\n{\"id\":\"2\",\"tier\":null}\n");
        (await cli.RunAsync("route", "twin", "--bank", "bank.jsonl", "--predictions", "mine.jsonl")).ShouldBe(0, cli.Errors);
        cli.Seen.ShouldContain("swe");
        cli.Seen.ShouldContain("50.0 %");
        cli.Seen.ShouldContain("1 row without a prediction: they count as failed");
    }

    [Fact]
    public async Task A_prediction_for_no_row_is_named()
    {
        using var cli = new TestCli();
        cli.Write("bank.jsonl", Bank);
        cli.Write("mine.jsonl", "{\"id\":\"3\",\"tier\":\"low\"}\n");
        (await cli.RunAsync("route", "twin", "--bank", "bank.jsonl", "--predictions", "mine.jsonl")).ShouldBe(64);
        cli.Errors.ShouldContain("mine.jsonl:1: the bank has no row '3'");
        (await cli.RunAsync("route", "twin", "--bank", "bank.jsonl", "--predictions", "mine.jsonl", "--characters-per-token", "0")).ShouldBe(64);
    }
}
