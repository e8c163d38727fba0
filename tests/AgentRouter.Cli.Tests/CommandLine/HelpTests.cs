using AgentRouter.Cli.Tests.Support;
using Snapshooter;
using Snapshooter.Xunit;

namespace AgentRouter.Cli.Tests.CommandLine;

public sealed class HelpTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    public async Task The_program(int width)
    {
        using var cli = new TestCli(width);
        (await cli.RunAsync("--help")).ShouldBe(0);
        Snapshot.Match(cli.Seen, SnapshotNameExtension.Create(width));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    public async Task The_run_command(int width)
    {
        using var cli = new TestCli(width);
        (await cli.RunAsync("run", "--help")).ShouldBe(0);
        Snapshot.Match(cli.Seen, SnapshotNameExtension.Create(width));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("resume")]
    [InlineData("answer")]
    [InlineData("validate")]
    [InlineData("graph")]
    [InlineData("models")]
    [InlineData("memory")]
    [InlineData("runs")]
    [InlineData("trace")]
    [InlineData("replay")]
    [InlineData("fork")]
    [InlineData("spend")]
    [InlineData("accounts")]
    [InlineData("init")]
    public async Task Every_command_has_examples(string command)
    {
        using var cli = new TestCli();
        (await cli.RunAsync(command, "--help")).ShouldBe(0);
        cli.Seen.ShouldContain($"agentrouter {command}");
        cli.Seen.ShouldContain("Examples\n  agentrouter " + command);
        cli.Seen.ShouldContain("--verbose");
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("skills")]
    [InlineData("route")]
    [InlineData("tools")]
    [InlineData("embed")]
    public async Task A_group_without_a_command_shows_its_help(string group)
    {
        using var cli = new TestCli();
        (await cli.RunAsync(group)).ShouldBe(0);
        cli.Seen.ShouldContain($"agentrouter {group} COMMAND [options]");
        cli.Errors.Trim().ShouldBeEmpty();
        (await cli.RunAsync(group, "nothing")).ShouldBe(64);
        cli.Errors.ShouldContain("There is no command 'nothing'.");
    }

    [Fact]
    public async Task Without_arguments_the_help_is_shown()
    {
        using var cli = new TestCli();
        (await cli.RunAsync()).ShouldBe(0);
        cli.Seen.ShouldContain("agentrouter COMMAND [options]");
    }
}
