using System.Globalization;
using System.Text.Json;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Tests.Support;

namespace AgentRouter.Cli.Tests.Commands.Route;

public sealed class StepsTests
{
    private static readonly string[] Command = ["route", "steps", "--data", "runs.jsonl", "--weak", "a", "--weak-price", "1,5", "--strong", "b", "--strong-price", "3,15"];

    [Fact]
    public async Task What_can_be_told_and_what_restarts_bring()
    {
        using var cli = new TestCli(120);
        cli.Write("runs.jsonl", Runs());
        (await cli.RunAsync([.. Command, "--config", "on"])).ShouldBe(ExitCodes.Succeeded, cli.Errors);
        cli.Seen.ShouldContain("What can be told");
        cli.Seen.ShouldContain("30 tasks run by both models; 10 only the strong one solves, 5 only the weak one");
        cli.Seen.ShouldContain("83.3 % at $0.00045 a task");
    }

    [Fact]
    public async Task For_programs_there_is_json()
    {
        using var cli = new TestCli();
        cli.Write("runs.jsonl", Runs());
        (await cli.RunAsync([.. Command, "--json"])).ShouldBe(ExitCodes.Succeeded, cli.Errors);
        JsonElement figures = JsonDocument.Parse(cli.Lines).RootElement;
        figures.GetProperty("pairs").GetInt32().ShouldBe(30);
        figures.GetProperty("signals").GetArrayLength().ShouldBe(7);
        figures.GetProperty("restarts").GetArrayLength().ShouldBe(8);
    }

    [Fact]
    public async Task Too_few_pairs_are_an_error()
    {
        using var cli = new TestCli(200);
        cli.Write("runs.jsonl", string.Join('\n', Runs().Split('\n').Take(10)));
        (await cli.RunAsync(Command)).ShouldBe(ExitCodes.Usage);
        cli.Errors.ShouldContain("5 pairs of runs are too few");
        cli.Seen.Trim().ShouldBeEmpty();
    }

    private static string Runs()
    {
        var lines = new List<string>();
        for (int task = 0; task < 30; task++)
        {
            bool weak = task % 3 != 0, strong = task % 6 != 1;
            string answer = weak ? "fine" : "error: no";
            lines.Add(Line("a", task, weak, answer));
            lines.Add(Line("b", task, strong, "fine"));
        }

        return string.Join('\n', lines);

        static string Line(string model, int task, bool solved, string answer) => string.Create(CultureInfo.InvariantCulture,
            $$"""{"run_id":"{{model}}/{{task}}","task_id":"{{task}}","model":"{{model}}","config":"on","reward":{{(solved ? 1 : 0)}},"steps":[{"in_tokens":100,"out_tokens":10,"obs":["{{answer}}"],"calls":[{"tool":"t","args":"{}"}]}]}""");
    }
}
