using AgentRouter.Budgets;
using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Policies;
using AgentRouter.Workflows.Validation;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Tests.Yaml;

public sealed class ConfigurationLoaderTests : IDisposable
{
    private readonly TestProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_configuration_is_read_in_full()
    {
        RouterConfiguration configuration = Load(
            """
            providers:
              openai:    { kind: openai, apiKey: OPENAI_API_KEY, timeout: 30s }
              local:     { kind: ollama, baseUrl: http://localhost:11434 }
              recorded:  { kind: scripted, script: scripts/a.yaml }
            tiers: [small, large]
            models:
              gpt-5-mini: { provider: openai, tier: small }
              my-llama:   { provider: local, tier: small, modelId: llama3.2, price: free, contextWindow: 8192 }
              other:      { provider: openai, tier: large, price: { input: 2.5, cachedRead: 0.25, cacheWrite: 2.5, output: 10 }, contextWindow: 200_000, maxOutputTokens: 16000, capabilities: [tools, vision, json], strengths: { reasoning: 0.8, code: 0.9, tools: 1 }, cacheTimeToLive: 5m, cacheMinimumTokens: 512, tokenizer: o200k_base }
            defaults: { budget: { usd: 1.00, onExceeded: stop }, policy: rules }
            runs: ./.agentrouter/runs
            recordContent: true
            workspace: { allowedHosts: [docs.example.com], testCommand: make test, sandbox: plain, readOnlyFolders: [/opt/tools] }
            mcp: { files: { command: my-server, args: [a, -b], tools: [read], skills: true }, web: { url: "http://localhost:3000/mcp" } }
            """).OrThrow();

        configuration.Providers["openai"].ShouldBe(new ProviderSettings { Name = "openai", Kind = "openai", ApiKeyVariable = "OPENAI_API_KEY", Timeout = TimeSpan.FromSeconds(30) });
        configuration.Providers["local"].BaseUrl.ShouldBe(new Uri("http://localhost:11434"));
        configuration.Providers["recorded"].Script.ShouldBe("scripts/a.yaml");
        configuration.Tiers.ShouldBe(["small", "large"]);
        PriceTableEntry shipped = PriceTable.Shipped.Find("gpt-5-mini")!;
        configuration.Models[0].Prices.ShouldBe(shipped.Prices);
        configuration.Models[0].ContextWindow.ShouldBe(shipped.ContextWindow!.Value);
        configuration.Models[0].MaxOutputTokens.ShouldBe(shipped.MaxOutputTokens!.Value);
        configuration.Models[1].Prices.ShouldBe(ModelPrices.Free);
        configuration.Models[1].ModelId.ShouldBe("llama3.2");
        configuration.Models[2].ShouldBe(new ModelProfile
        {
            Name = "other",
            Tier = "large",
            Provider = "openai",
            ModelId = "other",
            Prices = new ModelPrices(2.5m, 10, 0.25m, 2.5m),
            ContextWindow = 200_000,
            MaxOutputTokens = 16_000,
            Capabilities = ModelCapabilities.Tools | ModelCapabilities.Vision | ModelCapabilities.Json,
            Strengths = new ModelStrengths { Reasoning = 0.8, Code = 0.9, Tools = 1 },
            CacheTimeToLive = TimeSpan.FromMinutes(5),
            CacheMinimumTokens = 512,
            Tokenizer = "o200k_base",
        });
        configuration.Workspace.AllowedHosts.ShouldBe(["docs.example.com"]);
        configuration.Workspace.TestCommand.ShouldBe("make test");
        configuration.Workspace.Sandbox.ShouldBe(SandboxMode.Plain);
        configuration.Workspace.ReadOnlyFolders.ShouldBe(["/opt/tools"]);
        configuration.DefaultBudget.ShouldBe(new Budget { Usd = 1, OnExceeded = OnExceeded.Stop });
        configuration.DefaultPolicy.ShouldBe("rules");
        configuration.Runs.ShouldBe(new RunStoreSettings { Folder = Path.Join(_project.Root, ".agentrouter/runs") });
        configuration.RecordContent.ShouldBeTrue();
        configuration.McpServers["files"].Arguments.ShouldBe(["a", "-b"]);
        configuration.McpServers["files"].AllowedTools.ShouldBe(["read"]);
        (configuration.McpServers["files"].OffersSkills, configuration.McpServers["web"].OffersSkills).ShouldBe((true, false));
        configuration.McpServers["web"].Url.ShouldBe(new Uri("http://localhost:3000/mcp"));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        string.Join('\n', _project.Lines(Load(
            """
            provider: {}
            providers:
              openai: { kind: opnai, apiKey: OPENAI_API_KEY }
              web: { kind: openai, baseUrl: localhost }
              recorded: { kind: scripted }
            tiers: [small, large]
            models:
              unpriced: { provider: openai, tier: small }
              lost: { provider: opena, tier: smal, price: 3, capabilities: [toolz] }
              half: { provider: openai, tier: large, price: { input: 1.2345678 } }
            defaults: { policy: cheapest, budget: { calls: 0 } }
            recordContent: yes
            mcp: { nothing: {} }
            """).Diagnostics)).ShouldBe(string.Join('\n',
        [
            "agentrouter.yaml:1:1: error: The configuration has no key 'provider'. Did you mean 'providers'?",
            "agentrouter.yaml:3:19: error: There is no kind of provider 'opnai'. Did you mean 'openai'?",
            "agentrouter.yaml:4:33: error: 'baseUrl' of provider 'web' should be an address that begins with http:// or https:// and holds no password.",
            "agentrouter.yaml:5:3: error: The scripted provider 'recorded' has no 'script'. Add script: FILE.yaml.",
            "agentrouter.yaml:8:3: error: Nothing is known of the price of model 'unpriced'. Add price: { input: …, output: … } in USD per million tokens under models.unpriced in agentrouter.yaml, or price: free for a model that costs nothing.",
            "agentrouter.yaml:9:21: error: There is no provider 'opena' in 'providers'. Did you mean 'openai'?",
            "agentrouter.yaml:9:34: error: There is no tier 'smal' in 'tiers'. Did you mean 'small'?",
            "agentrouter.yaml:9:47: error: 'price' of model 'lost' should be free or a mapping, but is '3'. Write price: { input: 2.5, output: 10 }, in USD per million tokens.",
            "agentrouter.yaml:9:64: error: There is no capability 'toolz'. Did you mean 'tools'?",
            "agentrouter.yaml:10:49: error: 'price' of model 'half' has no 'output'. Add output: USD per million tokens.",
            "agentrouter.yaml:10:58: error: 'input' of 'price' of model 'half' has at most six decimals.",
            $"agentrouter.yaml:11:21: error: There is no routing policy 'cheapest'. There is: {string.Join(", ", RoutingPolicies.Names)}.",
            "agentrouter.yaml:11:48: error: A budget's limit is above zero, but calls is 0. Leave it out for no limit.",
            "agentrouter.yaml:12:16: error: 'recordContent' of the configuration should be true or false, but is 'yes'.",
            "agentrouter.yaml:13:8: error: MCP server 'nothing' has either a 'command' to start or a 'url'.",
        ]));
    }

    [Fact]
    public void A_strength_that_is_unknown_or_out_of_range_is_told_with_its_place()
    {
        _project.Lines(Load(
            """
            providers: { local: { kind: ollama } }
            tiers: [small]
            models:
              a: { provider: local, tier: small, price: free, strengths: { reasning: 0.8, code: 1.2 } }
              b: { provider: local, tier: small, price: free, strengths: strong }
            """).Diagnostics).ShouldBe(
        [
            "agentrouter.yaml:4:64: error: 'strengths' of model 'a' has no key 'reasning'. Did you mean 'reasoning'?",
            "agentrouter.yaml:4:85: error: 'code' of 'strengths' of model 'a' should be a number from 0 to 1, but is '1.2'.",
            "agentrouter.yaml:5:62: error: 'strengths' of model 'b' should be a mapping of 'key: value', but is 'strong'.",
        ]);
    }

    [Theory]
    [InlineData("memory: out", "out")]
    [InlineData("memory: { folder: ../shared }", "../shared")]
    [InlineData("tiers: [small]", null)]
    public void Memories_are_kept_in_a_folder(string text, string? folder) =>
        Load(text).OrThrow().Memory.Folder.ShouldBe(folder is null ? null : Path.GetFullPath(folder, _project.Root));

    [Theory]
    [InlineData("runs: out", "out", RunDurability.Async)]
    [InlineData("runs: { folder: out }", "out", RunDurability.Async)]
    [InlineData("runs: { folder: out, durability: async }", "out", RunDurability.Async)]
    [InlineData("runs: { durability: sync }", null, RunDurability.Sync)]
    [InlineData("tiers: [small]", null, RunDurability.Async)]
    public void The_store_of_runs_is_a_folder_or_a_folder_and_a_durability(string text, string? folder, RunDurability durability) =>
        Load(text).OrThrow().Runs.ShouldBe(new RunStoreSettings { Folder = folder is null ? null : Path.Join(_project.Root, folder), Durability = durability });

    [Fact]
    public void Accounts_are_read_with_their_periods()
    {
        RouterConfiguration configuration = Load("accounts: { anna: { usd: 5, per: day }, team: { usd: 100.5, per: month }, once: { usd: 1 } }\naccount: anna").OrThrow();

        configuration.Accounts.Values.ShouldBe([
            new SpendingAccount("anna", SpendingPeriod.Day, Money.FromUsd(5)),
            new SpendingAccount("team", SpendingPeriod.Month, Money.FromUsd(100.5m)),
            new SpendingAccount("once", SpendingPeriod.None, Money.FromUsd(1)),
        ]);
        configuration.DefaultAccount.ShouldBe("anna");
    }

    [Fact]
    public void Embeddings_are_a_folder_or_a_model_of_a_provider()
    {
        RouterConfiguration configuration = Load(
            """
            providers: { openai: { kind: openai, apiKey: K }, here: { kind: ollama }, recorded: { kind: scripted, script: s.yaml } }
            embeddings:
              local:  { onnx: models/small, device: cpu, maxTokens: 256 }
              hosted: { provider: openai, model: text-embedding-3-small, dimensions: 512, price: { input: 0.02 }, taskPrefix: "query: ", skillPrefix: "passage: ", batch: 128 }
              mine:   { provider: here, model: nomic-embed-text }
              words:  { provider: recorded, model: words, price: free }
            """).OrThrow();

        configuration.Embeddings.Values.ShouldBe([
            new EmbeddingProfile { Name = "local", Onnx = Path.Join(_project.Root, "models/small"), Device = "cpu", MaxTokens = 256, Prices = ModelPrices.Free },
            new EmbeddingProfile
            {
                Name = "hosted", Provider = "openai", ModelId = "text-embedding-3-small", Dimensions = 512, Prices = new ModelPrices(0.02m, 0),
                TaskPrefix = "query: ", SkillPrefix = "passage: ", Batch = 128,
            },
            new EmbeddingProfile { Name = "mine", Provider = "here", ModelId = "nomic-embed-text", Prices = ModelPrices.Free },
            new EmbeddingProfile { Name = "words", Provider = "recorded", ModelId = "words", Prices = ModelPrices.Free },
        ]);
        configuration.Embeddings.Values.Select(each => each.IsPaid).ShouldBe([false, true, false, false]);
        configuration.Embeddings.Values.Select(each => each.VectorName).ShouldBe([
            "onnx/small to 256 tokens", "openai/text-embedding-3-small of 512 after 'passage: '", "here/nomic-embed-text", "recorded/words",
        ]);
    }

    [Fact]
    public void Rerankers_are_folders_with_models()
    {
        RouterConfiguration configuration = Load("rerankers:\n  judge: { onnx: models/order, device: cuda, maxTokens: 256, depth: 50 }\n  plain: { onnx: models/order }\n").OrThrow();

        string folder = Path.Join(_project.Root, "models/order");
        configuration.Rerankers.Values.ShouldBe([
            new RerankerProfile { Name = "judge", Onnx = folder, Device = "cuda", MaxTokens = 256, Depth = 50 },
            new RerankerProfile { Name = "plain", Onnx = folder },
        ]);
    }

    [Theory]
    [InlineData("rerankers: { r: { device: cpu } }", "1:14: error: Rerankers 'r' has no 'onnx'. Add onnx: the folder of a model that judges two texts.")]
    [InlineData("rerankers: { r: { onnx: m, depth: 300 } }", "1:35: error: 'depth' of rerankers 'r' should be a whole number from 2 to 200, but is '300'.")]
    [InlineData("rerankers: { r: { onnx: m, provider: p } }", "1:28: error: Rerankers 'r' has no key 'provider'. There is: onnx, device, maxTokens, depth.")]
    [InlineData("rerankers: { none: { onnx: m } }", "1:14: error: A reranker cannot be called 'none': 'rerank: none' means something else. Give it another name.")]
    public void A_mistake_in_rerankers_is_told_with_its_place(string text, string message) =>
        Load(text).Diagnostics.Select(diagnostic => diagnostic.ToString()).ShouldContain($"{_project.Root}/agentrouter.yaml:{message}");

    [Theory]
    [InlineData("embeddings: { e: { device: cpu } }", "1:15: error: Embeddings 'e' has either 'onnx', a folder with a model, or 'provider', one of 'providers'.")]
    [InlineData("embeddings: { e: { onnx: m, price: free } }", "1:36: error: 'price' of embeddings 'e' is for embeddings with 'provider'.")]
    [InlineData("embeddings: { e: { onnx: m, device: gpu } }", "1:37: error: 'device' of embeddings 'e' should be auto or cpu or cuda, but is 'gpu'. Did you mean 'cpu'?")]
    [InlineData("embeddings: { e: { provider: opnai, model: m } }", "1:30: error: There is no provider 'opnai' in 'providers'. Did you mean 'openai'?")]
    [InlineData("embeddings: { e: { provider: openai, model: m } }", "1:15: error: Nothing is known of the price of embeddings 'e'. Add price: { input: … } in USD per million tokens, or price: free for a model that costs nothing.")]
    [InlineData("embeddings: { e: { provider: far, model: m } }", "1:15: error: Nothing is known of the price of embeddings 'e'. Add price: { input: … } in USD per million tokens, or price: free for a model that costs nothing.")]
    [InlineData("embeddings: { e: { provider: openai, price: { input: 1 } } }", "1:15: error: Embeddings 'e' has no 'model'. Add model: the model's id at the provider.")]
    [InlineData("embeddings: { e: { provider: openai, model: m, price: { input: 1, output: 1 } } }", "1:67: error: 'price' of embeddings 'e' has no key 'output'. There is: input.")]
    [InlineData("embeddings: { e: { provider: claude, model: m, price: free } }", "1:30: error: Provider 'claude' is of kind anthropic, which serves no embeddings. Name a provider of kind openai, ollama, scripted, or a folder with an ONNX model: onnx: FOLDER.")]
    [InlineData("embeddings: { e: { provider: openai, modle: m, price: free } }", "1:38: error: Embeddings 'e' has no key 'modle'. Did you mean 'model'?")]
    public void A_mistake_in_embeddings_is_told_with_its_place(string text, string message) =>
        Load(text + "\nproviders: { openai: { kind: openai, apiKey: K }, claude: { kind: anthropic, apiKey: K }, far: { kind: ollama, baseUrl: https://ollama.example.com } }")
            .Diagnostics.Select(diagnostic => diagnostic.ToString()).ShouldContain($"{_project.Root}/agentrouter.yaml:{message}");

    [Theory]
    [InlineData("runs: { durability: memory }", "1:21: error: 'durability' of 'runs' of the configuration cannot be memory: nothing of a run would be left when its command ends. Write async or sync. A program of your own can keep runs in memory: SqliteRunStoreOptions.Durability.")]
    [InlineData("runs: { durability: synk }", "1:21: error: 'durability' of 'runs' of the configuration should be async or sync, but is 'synk'. Did you mean 'sync'?")]
    [InlineData("runs: { foldr: out }", "1:9: error: 'runs' of the configuration has no key 'foldr'. Did you mean 'folder'?")]
    [InlineData("memory: { foldr: out }", "1:11: error: 'memory' of the configuration has no key 'foldr'. Did you mean 'folder'?")]
    [InlineData("memory: [out]", "1:9: error: 'memory' of the configuration should be a text, but is a list.")]
    [InlineData("runs: [out]", "1:7: error: 'runs' of the configuration should be a text, but is a list.")]
    [InlineData("accounts: { anna: { per: day } }", "1:13: error: Account 'anna' has no 'usd'. Add usd: the most that its runs may spend, in US dollars.")]
    [InlineData("accounts: { anna: { usd: 0 } }", "1:26: error: 'usd' of account 'anna' should be above zero, but is '0'.")]
    [InlineData("accounts: { anna: { usd: 0.0000000000001 } }", "1:26: error: 'usd' of account 'anna' has at most twelve decimals.")]
    [InlineData("accounts: { anna: { usd: 1, per: week } }", "1:34: error: 'per' of account 'anna' should be day or month, but is 'week'.")]
    [InlineData("accounts: { anna: 5 }", "1:19: error: Account 'anna' should be a mapping of 'key: value', but is '5'.")]
    [InlineData("accounts: { anna: { usd: 1 } }\naccount: ana", "2:10: error: There is no account 'ana' in 'accounts'. Did you mean 'anna'?")]
    public void A_mistake_in_the_store_or_in_an_account_is_told_with_its_place(string text, string message) =>
        Load(text).Diagnostics.Select(diagnostic => diagnostic.ToString()).ShouldContain($"{_project.Root}/agentrouter.yaml:{message}");

    [Theory]
    [InlineData("sk-proj-abcdef1234567890")]
    [InlineData("sk_live_51H8")]
    [InlineData("AIza/SyD+secret")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("hf_QWERTYUIOPASDFGHJKLZXCVBNMQWERTYUIOP0123")]
    public void A_key_that_is_written_out_is_refused_and_never_repeated(string key)
    {
        LoadResult<RouterConfiguration> result = Load($"providers: {{ p: {{ kind: openai, apiKey: \"{key}\" }} }}");

        Diagnostic diagnostic = result.Diagnostics.ShouldHaveSingleItem();
        diagnostic.Message.ShouldContain("name of an environment variable");
        diagnostic.ToString().ShouldNotContain(key);
        diagnostic.Location.Column.ShouldBe(41);
    }

    [Theory]
    [InlineData("OPENAI_API_KEY")]
    [InlineData("OpenAI:ApiKey")]
    [InlineData("my_key")]
    public void The_name_of_a_key_is_taken(string name) =>
        Load($"providers: {{ p: {{ kind: openai, apiKey: {name} }} }}").OrThrow().Providers["p"].ApiKeyVariable.ShouldBe(name);

    [Fact]
    public void The_configuration_of_a_project_is_found_from_any_folder_below()
    {
        _project.With("agentrouter.yaml", "tiers: [a]").With("graphs/deep/w.yaml", "name: w");

        ConfigurationLoader.Find(Path.Join(_project.Root, "graphs/deep/w.yaml")).ShouldBe(Path.Join(_project.Root, "agentrouter.yaml"));
        ConfigurationLoader.Find(_project.Root).ShouldBe(Path.Join(_project.Root, "agentrouter.yaml"));
    }

    private LoadResult<RouterConfiguration> Load(string text)
    {
        _project.With("agentrouter.yaml", text);
        LoadResult<RouterConfiguration> result = ConfigurationLoader.Load(Path.Join(_project.Root, "agentrouter.yaml"));
        return new LoadResult<RouterConfiguration>(result.Definition, [.. result.Diagnostics.Select(diagnostic => diagnostic with
        {
            Message = diagnostic.Message.Replace(_project.Root + "/", "", StringComparison.Ordinal),
            Suggestion = diagnostic.Suggestion?.Replace(_project.Root + "/", "", StringComparison.Ordinal),
        })]);
    }
}
