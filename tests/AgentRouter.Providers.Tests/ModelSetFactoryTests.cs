using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Providers.Scripted;
using AgentRouter.Providers.Tests.Fakes;
using AgentRouter.Providers.Tokenizers;
using AgentRouter.Tokens;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Tests;

public sealed class ModelSetFactoryTests
{
    [Fact]
    public void Missing_keys_are_named_with_variable_provider_and_file_all_at_once()
    {
        string message = Should.Throw<ConfigurationException>(() => ModelSetFactory.Create(
            Configuration(("a", Provider("openai")), ("b", Provider("anthropic")), ("c", Provider("openai") with { ApiKeyVariable = "MY_KEY" })), new FakeSecrets(new() { ["MY_KEY"] = "  " }))).Message;

        string[] lines = message.Split('\n');
        lines.Length.ShouldBe(3);
        lines[0].ShouldBe("Model 'model-a' needs the key of provider 'a' in agentrouter.yaml: set the environment variable or user secret OPENAI_API_KEY, or choose another provider.");
        lines[1].ShouldContain("ANTHROPIC_API_KEY");
        lines[2].ShouldContain("MY_KEY");
    }

    [Fact]
    public void Every_kind_makes_a_client_that_names_itself()
    {
        using ModelSet models = ModelSetFactory.Create(
            Configuration(("a", Provider("openai")), ("b", Provider("anthropic")), ("c", Provider("ollama"))),
            new FakeSecrets(new() { ["OPENAI_API_KEY"] = "k1", ["ANTHROPIC_API_KEY"] = "k2" }));

        models.Entries.Count.ShouldBe(3);
        foreach (ModelEntry entry in models.Entries)
        {
            ChatClientMetadata metadata = (ChatClientMetadata)entry.Client.GetService(typeof(ChatClientMetadata))!;
            metadata.DefaultModelId.ShouldBe(entry.Profile.ModelId);
            metadata.ProviderName.ShouldNotBeNullOrEmpty();
            entry.ReceivesStepIdentity.ShouldBeFalse();
        }
    }

    [Fact]
    public void A_key_of_a_provider_that_no_model_uses_is_not_asked_for()
    {
        RouterConfiguration configuration = Configuration(("a", Provider("ollama"))) with { };
        var providers = new Dictionary<string, ProviderSettings>(configuration.Providers) { ["unused"] = Provider("openai") with { Name = "unused" } };

        using ModelSet models = ModelSetFactory.Create(configuration with { Providers = providers }, new FakeSecrets([]));

        models.Entries.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("ftp://host/v1", "not an http or https address")]
    [InlineData("/relative", "not an http or https address")]
    public void A_wrong_address_is_refused(string url, string message) =>
        Should.Throw<ConfigurationException>(() => ModelSetFactory.Create(
            Configuration(("a", Provider("openai") with { BaseUrl = new Uri(url, UriKind.RelativeOrAbsolute) })), new FakeSecrets(new() { ["OPENAI_API_KEY"] = "k" }))).Message.ShouldContain(message);

    [Fact]
    public void A_key_with_a_line_break_and_a_timeout_of_zero_are_refused_without_showing_the_key()
    {
        string message = Should.Throw<ConfigurationException>(() => ModelSetFactory.Create(
            Configuration(("a", Provider("openai")), ("b", Provider("ollama") with { Timeout = TimeSpan.Zero })), new FakeSecrets(new() { ["OPENAI_API_KEY"] = "secret-part\nrest" }))).Message;

        message.ShouldContain("control character");
        message.ShouldContain("timeout");
        message.ShouldNotContain("secret-part");
    }

    [Fact]
    public void Unknown_providers_and_kinds_are_named_with_what_there_is()
    {
        RouterConfiguration configuration = Configuration(("a", Provider("openia")));
        string message = Should.Throw<ConfigurationException>(() => ModelSetFactory.Create(
            configuration with { Models = [.. configuration.Models, Model("lost", "nowhere")] }, new FakeSecrets([]))).Message;

        message.ShouldContain("kind 'openia', which is not known; the kinds are openai, anthropic, ollama, scripted");
        message.ShouldContain("provider 'nowhere', which is not configured; the providers are a");
    }

    [Fact]
    public async Task A_script_is_found_beside_the_configuration_file()
    {
        string folder = Directory.CreateTempSubdirectory("agentrouter-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "s.yaml"), "{ script: s, replies: [ { when: { tier: small }, say: hi } ] }");
            RouterConfiguration configuration = Configuration(("a", Provider("scripted") with { Script = "s.yaml" })) with { SourceFile = Path.Combine(folder, "agentrouter.yaml") };

            using ModelSet models = ModelSetFactory.Create(configuration, new FakeSecrets([]));

            (await models.GetResponseAsync([new ChatMessage(ChatRole.User, "hello")])).Text.ShouldBe("hi");
            models.Entries[0].ReceivesStepIdentity.ShouldBeTrue();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_scripted_configuration_works_and_counts_as_it_bills()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "{ script: s, replies: [ { when: { tier: small }, say: small }, { when: { model: scripted-large }, say: large } ] }");

            using ModelSet models = ModelSetFactory.Create(ScriptedConfiguration.ForScript(file), new FakeSecrets([]));

            models.Tiers.ShouldBe(["small", "large"]);
            models.Entries.Select(entry => entry.TokenCounter).ShouldAllBe(counter => counter is ScriptedTokenCounter);
            (await models.GetResponseAsync([new ChatMessage(ChatRole.User, "u")], new ChatOptions { ModelId = "scripted-large" })).Text.ShouldBe("large");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_script_that_is_missing_or_not_named_is_told()
    {
        string message = Should.Throw<ConfigurationException>(() => ModelSetFactory.Create(
            Configuration(("a", Provider("scripted")), ("b", Provider("scripted") with { Script = "/nowhere/s.yaml" })), new FakeSecrets([]))).Message;

        message.ShouldContain("names no script");
        message.ShouldContain("/nowhere/s.yaml");
    }

    [Theory]
    [InlineData("o200k_base", typeof(TiktokenTokenCounter))]
    [InlineData("scripted", typeof(ScriptedTokenCounter))]
    [InlineData(null, typeof(ByteBoundTokenCounter))]
    [InlineData("other", typeof(ByteBoundTokenCounter))]
    public void The_tokenizer_of_the_profile_is_used(string? tokenizer, Type counter) =>
        TokenCounterFactory.For(Model("m", "p") with { Tokenizer = tokenizer }).ShouldBeOfType(counter);

    private static ProviderSettings Provider(string kind) => new() { Name = "", Kind = kind };

    private static ModelProfile Model(string name, string provider) => new() { Name = name, Tier = "small", Provider = provider, Prices = ModelPrices.Free };

    private static RouterConfiguration Configuration(params (string Name, ProviderSettings Settings)[] providers) => new()
    {
        SourceFile = "agentrouter.yaml",
        Tiers = ["small"],
        Providers = providers.ToDictionary(provider => provider.Name, provider => provider.Settings with { Name = provider.Name }),
        Models = [.. providers.Select(provider => Model("model-" + provider.Name, provider.Name))],
    };
}
