using AgentRouter.Cli.Tests.Support;
using Snapshooter.Xunit;

namespace AgentRouter.Cli.Tests.Commands.Route;

public sealed class AgentsTests
{
    // far ahead, so that no time has worn anything off
    private const string Learned = """
        { "format": "agentrouter.preferences", "version": 1, "preferences": [
        {"kind":"bugs","from":"triage","to":"coder","preference":0.41,"chosen":3,"right":1,"wrong":2,"usd":0.031,"at":"2999-01-02T03:04:05+00:00"},
        {"kind":"bugs","from":"triage","to":"researcher","preference":0.81,"chosen":14,"right":11,"wrong":2,"usd":0.0012,"at":"2999-01-02T04:04:05+00:00"},
        {"kind":"bugs","from":"triage","to":"skip","preference":0.25,"chosen":1,"right":0,"wrong":0,"usd":0,"at":"2999-01-01T03:04:05+00:00"},
        {"kind":"questions","from":"triage","to":"coder","preference":0.45,"chosen":2,"right":0,"wrong":1,"usd":0.02,"at":"2999-01-01T03:04:05+00:00"}
        ] }
        """;

    [Fact]
    public async Task What_route_nodes_have_learned_is_a_table()
    {
        using var cli = new TestCli();
        cli.Write("preferences.json", Learned);

        (await cli.RunAsync("route", "agents", "--state", "preferences.json")).ShouldBe(0);

        Snapshot.Match(cli.Seen);
    }

    [Fact]
    public async Task Programs_read_it_as_json()
    {
        using var cli = new TestCli();
        cli.Write("preferences.json", Learned);

        (await cli.RunAsync("route", "agents", "--state", "preferences.json", "--json")).ShouldBe(0);

        cli.Lines.ShouldContain("\"to\": \"researcher\"");
        cli.Lines.ShouldContain("\"preference\": 0.81");
    }

    [Theory]
    [InlineData(null, "There is no file FOLDER/preferences.json.")]
    [InlineData("{}", "cannot be the preferences of agents: its 'format' is not 'agentrouter.preferences'.")]
    public async Task A_file_that_is_not_there_or_not_right_is_told(string? text, string problem)
    {
        using var cli = new TestCli(width: 300);
        if (text is not null)
            cli.Write("preferences.json", text);

        (await cli.RunAsync("route", "agents", "--state", "preferences.json")).ShouldBe(64);

        cli.Errors.ShouldContain(problem);
    }
}
