using AgentRouter.Cli.Tests.Support;
using Snapshooter;
using Snapshooter.Xunit;

namespace AgentRouter.Cli.Tests.Commands;

public sealed class ModelsTests
{
    private const string Configuration = """
        providers:
          openai: { kind: openai, apiKey: OPENAI_API_KEY }
          local: { kind: ollama, baseUrl: http://127.0.0.1:1 }
        tiers: [small, large]
        models:
          qwen3: { provider: local, tier: small, price: free, contextWindow: 32768 }
          gpt-5-mini: { provider: openai, tier: small }
          gpt-5: { provider: openai, tier: large, price: { input: 1.5, output: 12 } }
        """;

    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    public async Task The_configured_models(int width)
    {
        using var cli = new TestCli(width);
        cli.Write("agentrouter.yaml", Configuration);
        (await cli.RunAsync("models")).ShouldBe(0);
        Snapshot.Match(cli.Seen, SnapshotNameExtension.Create(width));
    }

    [Fact]
    public async Task Without_a_provider_the_scripted_models_are_shown_and_said_to_be_so()
    {
        using var cli = new TestCli();
        (await cli.RunAsync("models")).ShouldBe(0);
        cli.Seen.ShouldStartWith("No provider is configured: the models are scripted.");
        cli.Seen.ShouldContain("scripted-large");
        (await cli.RunAsync("models", "--check")).ShouldBe(64);
    }

    [Fact]
    public async Task A_key_is_never_shown()
    {
        using var cli = new TestCli();
        cli.Secrets["OPENAI_API_KEY"] = "sk-very-secret";
        cli.Write("agentrouter.yaml", Configuration);
        (await cli.RunAsync("models")).ShouldBe(0);
        cli.Seen.ShouldContain("OPENAI_API_KEY is set");
        (cli.Seen + cli.Errors).ShouldNotContain("sk-very-secret");
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_is_told()
    {
        using var cli = new TestCli();
        cli.Write("agentrouter.yaml", "providers:\n  local: { kind: ollama, baseUrl: http://127.0.0.1:1 }\ntiers: [small]\nmodels:\n  qwen3: { provider: local, tier: small, price: free }\n");
        (await cli.RunAsync("models", "--check")).ShouldBe(2);
        cli.Seen.ShouldContain("✗ no");
    }
}
