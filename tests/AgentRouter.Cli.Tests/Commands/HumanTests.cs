using AgentRouter.Cli.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console.Testing;

namespace AgentRouter.Cli.Tests.Commands;

public sealed class HumanTests
{
    private const string Script = "script: ask\nreplies:\n  - say: nothing\n";

    private static string Ask(string more) => $$$"""
        name: ask
        script: script.yaml
        nodes:
          ask: { human: { question: "Publish it?", choices: ["no", "yes"]{{{more}}} }, next: [ { when: "ask == 'yes'", to: done }, { to: refused } ] }
          done: { end: succeeded, answer: "published" }
          refused: { end: failed, reason: "a person said no" }
        """;

    [Fact]
    public async Task Without_a_person_the_run_waits()
    {
        using TestCli cli = Create("");
        (await cli.RunAsync("run", "ask.yaml", "--json")).ShouldBe(5);
        cli.ReadLines().Summary.GetProperty("outcome").GetString().ShouldBe("waiting");
    }

    [Fact]
    public async Task Without_a_person_a_default_without_a_time_is_taken()
    {
        using TestCli cli = Create(", default: \"no\"");
        (await cli.RunAsync("run", "ask.yaml", "--json")).ShouldBe(2);
    }

    [Fact]
    public async Task A_default_with_a_time_is_taken_by_the_resume_that_comes_after_it()
    {
        using TestCli cli = Create(", default: \"no\", timeout: 10m");
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 15, 30, 0, TimeSpan.Zero));
        cli.TimeProvider = clock;
        (await cli.RunAsync("run", "ask.yaml")).ShouldBe(5);
        cli.Seen.ShouldContain("until 2026-11-22 15:40:00 UTC");
        clock.Advance(TimeSpan.FromMinutes(9));
        (await cli.RunAsync("resume")).ShouldBe(5);
        clock.Advance(TimeSpan.FromMinutes(1));
        (await cli.RunAsync("resume")).ShouldBe(2);
        cli.Seen.ShouldContain("a person said no");
    }

    [Fact]
    public async Task A_person_at_the_terminal_is_asked()
    {
        using TestCli cli = Create("");
        cli.CanAsk = true;
        cli.Output.Interactive();
        cli.Output.Input.PushKey(ConsoleKey.DownArrow);
        cli.Output.Input.PushKey(ConsoleKey.Enter);
        (await cli.RunAsync("run", "ask.yaml")).ShouldBe(0);
        cli.Seen.ShouldContain("Publish it?");
        cli.Seen.ShouldContain("published");
    }

    private static TestCli Create(string more)
    {
        var cli = new TestCli();
        cli.Write("ask.yaml", Ask(more));
        cli.Write("script.yaml", Script);
        return cli;
    }
}
