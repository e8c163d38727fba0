using AgentRouter.Cli.Tests.Support;

namespace AgentRouter.Cli.Tests.Commands.Route;

public sealed class StagesTests
{
    [Fact]
    public async Task The_chosen_arms_are_shown_with_what_they_cost()
    {
        using var cli = new TestCli();
        cli.Write("runs.jsonl", string.Concat(Enumerable.Range(0, 6).Select(i =>
            $$"""{"group":"g","choice":{"plan":"small"},"score":0.8,"costUsd":1,"rep":{{i}}}""" + "\n" +
            $$"""{"group":"g","choice":{"plan":"large"},"score":0.8,"costUsd":4,"rep":{{i}}}""" + "\n")));
        (await cli.RunAsync("route", "stages", "--data", "runs.jsonl", "--folds", "3")).ShouldBe(0, cli.Errors);
        cli.Seen.ShouldContain("chosen arm of each group");
        cli.Seen.ShouldContain("dearest arm: large");
        cli.Seen.ShouldContain("25.0 %");
        cli.Seen.ShouldContain("small (6 runs)");
        cli.Seen.ShouldContain("unevenly tried");
    }

    [Fact]
    public async Task A_line_that_is_no_run_is_named()
    {
        using var cli = new TestCli();
        cli.Write("runs.jsonl", "{}\n");
        (await cli.RunAsync("route", "stages", "--data", "runs.jsonl")).ShouldBe(64);
        cli.Errors.ShouldContain("runs.jsonl:1: a run needs 'group'");
    }
}
