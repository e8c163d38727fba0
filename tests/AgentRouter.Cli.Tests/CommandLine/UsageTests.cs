using AgentRouter.Cli.Tests.Support;

namespace AgentRouter.Cli.Tests.CommandLine;

public sealed class UsageTests
{
    [Theory]
    [InlineData("rnu graphs/a.yaml", "There is no command 'rnu'. Did you mean 'run'?")]
    [InlineData("run a.yaml --buget 1", "There is no option '--buget' for 'run'. Did you mean '--budget'?")]
    [InlineData("run --ofline", "There is no option '--ofline' for 'run'. Did you mean '--offline'?")]
    [InlineData("run", "Required argument 'FILE' missing")]
    [InlineData("run a.yaml b.yaml", "'b.yaml' is one argument too many.")]
    [InlineData("run a.yaml --budget much", "--budget takes an amount in US dollars such as 0.25; 'much' is none.")]
    [InlineData("run a.yaml --budget -1", "--budget takes an amount in US dollars")]
    [InlineData("run a.yaml --policy alwaysLarge", "There is no policy 'alwaysLarge'. Did you mean 'always-large'?")]
    [InlineData("run missing.yaml", "There is no file missing.yaml.")]
    [InlineData("run hello.yml", "There is no file hello.yml. Did you mean 'hello.yaml'?")]
    [InlineData("run .", ". is a folder.")]
    [InlineData("run hello.yaml --config nowhere.yaml", "There is no configuration")]
    [InlineData("graph hello.yaml --format svg", "svg")]
    [InlineData("runs --limit 0", "--limit takes a whole number from 1.")]
    [InlineData("runs --limit many", "--limit takes a whole number from 1.")]
    [InlineData("skills search tea --limit abc", "--limit is a whole number from 1 to 200.")]
    [InlineData("skills search tea --limit 3.5", "--limit is a whole number from 1 to 200.")]
    [InlineData("skills eval --pool a --tasks b --library few", "--library is a whole number from 1 to 10,000,000.")]
    [InlineData("skills eval --pool a --tasks b --seed x", "--seed is a whole number, not 'x'.")]
    [InlineData("skills eval --pool a --tasks b --dense maybe", "--dense is auto, on or off, not 'maybe'.")]
    [InlineData("skills eval --pool a --tasks b --descriptions 4", "leave out --tasks, or --descriptions.")]
    [InlineData("skills index a --budget much", "--budget takes an amount in US dollars above 0.")]
    [InlineData("route twin --bank a --predictions b --characters-per-token x", "--characters-per-token is a number from 0.1 to 100.")]
    [InlineData("trace", "No run is recorded in")]
    [InlineData("validate", "Required argument 'FILE' missing")]
    public async Task A_mistake_is_told_in_one_message(string line, string message)
    {
        using var cli = new TestCli();
        cli.Write("hello.yaml", "name: hello");
        (await cli.RunAsync(line.Split(' '))).ShouldBe(64);
        cli.Errors.ShouldStartWith("Error: ");
        cli.Errors.ReplaceLineEndings(" ").ShouldContain(message);
        cli.Errors.ShouldNotContain("   at ");
        cli.Seen.Trim().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stack_trace_is_shown_only_when_asked_for()
    {
        using var cli = new TestCli();
        (await cli.RunAsync("run", "missing.yaml", "--verbose")).ShouldBe(64);
        cli.Errors.ShouldContain("   at AgentRouter.Cli");
    }

    [Fact]
    public async Task The_version_is_told()
    {
        using var cli = new TestCli();
        (await cli.RunAsync("--version")).ShouldBe(0);
        cli.Lines.Trim().ShouldStartWith("0.1.0");
    }
}
