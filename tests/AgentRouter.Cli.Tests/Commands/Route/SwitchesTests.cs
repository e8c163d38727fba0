using System.Text.Json;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Tests.Support;
using Snapshooter.Xunit;

namespace AgentRouter.Cli.Tests.Commands.Route;

public sealed class SwitchesTests
{
    private const string Runs = """
        {"run_id":"1","task_id":"1","model":"claude-haiku-4-5","steps":[{"in_tokens":10,"cache_read":0,"cache_write":20000,"out_tokens":300},{"in_tokens":10,"cache_read":20000,"cache_write":1000,"out_tokens":200},{"in_tokens":10,"cache_read":21000,"cache_write":1000,"out_tokens":200}]}
        {"run_id":"2","task_id":"2","model":"claude-haiku-4-5","steps":[{"in_tokens":10,"cache_read":0,"cache_write":20000,"out_tokens":300},{"in_tokens":10,"cache_read":20000,"cache_write":2000,"out_tokens":100}]}

        """;

    [Fact]
    public async Task Plans_the_planner_and_what_a_move_costs()
    {
        using var cli = new TestCli(140);
        cli.Write("runs.jsonl", Runs);
        (await cli.RunAsync("route", "switches", "--data", "runs.jsonl", "--weak", "claude-haiku-4-5", "--strong", "claude-sonnet-4-6", "--worth", "0.01,0.1")).ShouldBe(ExitCodes.Succeeded);
        Snapshot.Match(cli.Seen);
    }

    [Fact]
    public async Task For_programs_there_is_json()
    {
        using var cli = new TestCli();
        cli.Write("runs.jsonl", Runs);
        (await cli.RunAsync("route", "switches", "--data", "runs.jsonl", "--weak", "a", "--weak-price", "1,5", "--strong", "b", "--strong-price", "5,25,0.5,6.25", "--ttl", "60", "--json")).ShouldBe(ExitCodes.Succeeded);
        JsonElement figures = JsonDocument.Parse(cli.Lines).RootElement;
        figures.GetProperty("steps").GetInt32().ShouldBe(5);
        figures.GetProperty("plans")[0].GetProperty("plan").GetString().ShouldBe("always strong");
    }

    [Theory]
    [InlineData("The price table has no model 'claude-haiku-45'", "--weak", "claude-haiku-45", "--strong", "claude-sonnet-4-6")]
    [InlineData("a change needs two models", "--weak", "gpt-5", "--strong", "gpt-5")]
    [InlineData("two to four prices such as", "--weak", "a", "--weak-price", "1", "--strong", "gpt-5")]
    [InlineData("--worth is amounts of USD", "--weak", "gpt-5-mini", "--strong", "gpt-5", "--worth", "lots")]
    [InlineData("--gap is a number of seconds", "--weak", "gpt-5-mini", "--strong", "gpt-5", "--gap", "-1")]
    [InlineData("No run was recorded with 'gpt-4'", "--weak", "gpt-5-mini", "--strong", "gpt-5", "--recorded", "gpt-4")]
    public async Task What_is_wrong_is_said_and_nothing_is_printed(string message, params string[] options)
    {
        using var cli = new TestCli(200);
        cli.Write("runs.jsonl", Runs);
        (await cli.RunAsync(["route", "switches", "--data", "runs.jsonl", .. options])).ShouldBe(ExitCodes.Usage);
        cli.Errors.ShouldContain(message);
        cli.Seen.Trim().ShouldBeEmpty();
    }
}
