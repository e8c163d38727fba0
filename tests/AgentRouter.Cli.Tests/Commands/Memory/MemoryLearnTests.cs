using System.Text.Json;
using AgentRouter.Cli.Tests.Support;
using Snapshooter.Xunit;

namespace AgentRouter.Cli.Tests.Commands.Memory;

/// <summary>Learning from a memory with scripted models.</summary>
public sealed class MemoryLearnTests
{
    private const string Configuration = """
        providers: { here: { kind: scripted, script: s.yaml } }
        tiers: [small]
        models: { little: { provider: here, tier: small, price: { input: 1, output: 4 }, contextWindow: 128000, maxOutputTokens: 4096 } }
        accounts: { anna: { usd: 5, per: day } }
        """;

    private const string Script = """
        script: learn
        replies:
          - when: { messageContains: ["Group 1"] }
            say: '{"reflections": [{"group": 1, "text": "Anna gives things up for her knee.", "facts": [1, 2]}]}'
          - when: { messageContains: ["physiotherapy"], role: summarizer, agent: memory }
            say: '{"facts": [{"text": "Anna''s knee needs rest.", "about": "anna/knee", "episodes": [1], "happened": "2026-05-07"}, {"text": "Anna does not hike in June.", "episodes": [2, 3]}, {"text": "Anna sold her bike to Clara.", "episodes": [3]}, {"text": "Nobody said it.", "episodes": [9]}], "concepts": [{"name": "knee injury", "episodes": [1, 3]}, {"name": "things", "episodes": [1]}]}'
          - when: { messageContains: ["Lotharingia"] }
            say: 'I cannot.'
        """;

    [Fact]
    public async Task What_was_learned_is_shown_with_what_it_cost_and_what_is_left()
    {
        using TestCli cli = await MakeAsync(120);

        (await cli.RunAsync("memory", "learn", "--scope", "user:anna", "--budget", "0.5")).ShouldBe(0, cli.Errors);

        Snapshot.Match(cli.Seen);
    }

    [Fact]
    public async Task What_it_cost_is_counted_with_the_runs_and_drawn_from_the_account()
    {
        using TestCli cli = await MakeAsync(120);

        (await cli.RunAsync("memory", "learn", "--scope", "user:anna", "--account", "anna", "--json")).ShouldBe(0, cli.Errors);
        decimal spent = JsonDocument.Parse(cli.Lines).RootElement.GetProperty("spentUsd").GetDecimal();
        cli.Forget();
        (await cli.RunAsync("spend", "--by", "agent", "--json")).ShouldBe(0);
        JsonElement row = JsonDocument.Parse(cli.Lines).RootElement;
        cli.Forget();
        (await cli.RunAsync("accounts", "--json")).ShouldBe(0);

        spent.ShouldBeGreaterThan(0);
        (row.GetProperty("name").GetString(), row.GetProperty("usd").GetDecimal()).ShouldBe(("memory", spent));
        JsonDocument.Parse(cli.Lines).RootElement.GetProperty("spentUsd").GetDecimal().ShouldBe(spent);
    }

    [Fact]
    public async Task A_dry_run_asks_nothing()
    {
        using TestCli cli = await MakeAsync(120);

        (await cli.RunAsync("memory", "learn", "--scope", "user:anna", "--dry-run")).ShouldBe(0, cli.Errors);

        Snapshot.Match(cli.Seen);
        Directory.Exists(cli.RunsFolder).ShouldBeFalse();
    }

    [Fact]
    public async Task A_budget_that_is_used_up_is_told_by_the_exit_code_and_the_same_command_goes_on()
    {
        using TestCli cli = await MakeAsync(200);

        (await cli.RunAsync("memory", "learn", "--scope", "user:anna", "--budget", "0.000001")).ShouldBe(3, cli.Errors);
        cli.Seen.ShouldContain("agentrouter memory learn --scope user:anna");
        (await cli.RunAsync("memory", "learn", "--scope", "user:anna")).ShouldBe(0);
        (await cli.RunAsync("memory", "ask", "Who has Anna's bike?", "--scope", "user:anna")).ShouldBe(0);

        cli.Seen.ShouldContain("Anna sold her bike to Clara.");
    }

    [Fact]
    public async Task Nothing_new_is_said_and_costs_nothing()
    {
        using TestCli cli = await MakeAsync(200);
        (await cli.RunAsync("memory", "learn", "--scope", "user:anna", "--source", "chat/2026-05-08")).ShouldBe(0, cli.Errors);

        (await cli.RunAsync("memory", "learn", "--scope", "user:anna", "--source", "chat/2026-05-08")).ShouldBe(0);

        cli.Seen.ShouldEndWith("Nothing is new: everything that user:anna remembers was learned from.\n");
    }

    [Theory]
    [InlineData("There is no source 'chat/2026' in user:anna.", "--source", "chat/2026")]
    [InlineData("There is no account 'ana'", "--account", "ana")]
    [InlineData("There is no policy 'no'.", "--policy", "no")]
    [InlineData("--budget takes an amount in US dollars", "--budget", "much")]
    public async Task What_is_wrong_is_told_before_anything_is_asked(string message, params string[] options)
    {
        using TestCli cli = await MakeAsync(200);

        (await cli.RunAsync(["memory", "learn", "--scope", "user:anna", .. options])).ShouldBe(64);

        cli.Errors.ShouldContain(message);
    }

    [Fact]
    public async Task Without_a_provider_it_says_what_to_do()
    {
        using TestCli cli = await SampleMemory.MakeAsync(200);

        (await cli.RunAsync("memory", "learn", "--scope", "user:anna")).ShouldBe(64);
        (await cli.RunAsync("memory", "learn", "--scope", "user:anna", "--dry-run")).ShouldBe(0);

        cli.Errors.ShouldContain("Learning asks a model, and no provider is configured. Configure one in agentrouter.yaml");
        cli.Seen.ShouldContain("no model is configured, so no price is known");
    }

    [Fact]
    public async Task The_run_is_no_workflow_that_could_be_resumed()
    {
        using TestCli cli = await MakeAsync(200);
        await cli.RunAsync("memory", "learn", "--scope", "user:anna");

        (await cli.RunAsync("resume", "last")).ShouldBe(64);

        cli.Errors.ShouldContain("is no workflow. 'agentrouter memory learn --scope user:anna' goes on with it.");
    }

    private static async Task<TestCli> MakeAsync(int width)
    {
        TestCli cli = await SampleMemory.MakeAsync(width);
        cli.Write("agentrouter.yaml", Configuration);
        cli.Write("s.yaml", Script);
        return cli;
    }
}
