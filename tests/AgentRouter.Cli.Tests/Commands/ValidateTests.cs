using AgentRouter.Cli.Tests.Support;
using Snapshooter;
using Snapshooter.Xunit;

namespace AgentRouter.Cli.Tests.Commands;

public sealed class ValidateTests
{
    private const string Broken = """
        name: broken
        budgett: { usd: 0.25 }
        inputs:
          workspace: { type: folder }
        nodes:
          plan:
            agent: { name: planner, instructions: Plan., tools: [workspace.raed] }
            next: cod
          code:
            agent: { name: coder, instructions: Code. }
            next: [ { when: "visits('plan') <", to: done }, { to: done } ]
          done: { end: succeeded }
        """;

    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    public async Task Everything_that_is_wrong_is_shown_at_once(int width)
    {
        using var cli = new TestCli(width);
        cli.Write("graphs/broken.yaml", Broken);
        (await cli.RunAsync("validate", "graphs/broken.yaml")).ShouldBe(64);
        Snapshot.Match(cli.Seen, SnapshotNameExtension.Create(width));
    }

    [Fact]
    public async Task Run_shows_the_same_and_spends_nothing()
    {
        using var cli = new TestCli();
        cli.Write("graphs/broken.yaml", Broken);
        (await cli.RunAsync("run", "graphs/broken.yaml")).ShouldBe(64);
        cli.Errors.ShouldContain("graphs/broken.yaml:2:1: error:");
        cli.Errors.ShouldContain("2 | budgett: { usd: 0.25 }");
        cli.Errors.ShouldContain("Error: graphs/broken.yaml cannot be used:");
        Directory.Exists(cli.RunsFolder).ShouldBeFalse();
    }

    [Fact]
    public async Task A_configuration_is_checked_as_one()
    {
        using var cli = new TestCli();
        cli.Write("agentrouter.yaml", "providers:\n  openai: { kind: opnai, apiKey: OPENAI_API_KEY }\ntiers: [small]\nmodels:\n  unheard-of: { provider: openai, tier: small }\n");
        (await cli.RunAsync("validate", "agentrouter.yaml")).ShouldBe(64);
        cli.Seen.ShouldContain("Did you mean 'openai'?");
        cli.Seen.ShouldContain("price of model 'unheard-of'");
    }

    [Fact]
    public async Task Text_of_a_file_cannot_reach_the_terminal_as_control_codes()
    {
        using var cli = new TestCli();
        cli.Write("evil.yaml", "name: evil\n\"\\e[2J[red]key\": \u202e1\nnodes: { a: { end: succeeded } }\n");
        await cli.RunAsync("validate", "evil.yaml");
        (cli.Seen + cli.Errors).ShouldAllBe(c => c == '\n' || !char.IsControl(c));
        cli.Seen.ShouldNotContain("\u202e");
    }
}
