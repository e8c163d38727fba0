using AgentRouter.Budgets;
using AgentRouter.Memory;
using AgentRouter.Memory.Context;
using AgentRouter.Memory.Embeddings;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Ingestion.Facts;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Retrieval.Effort;
using AgentRouter.Memory.Storage.Sqlite;
using AgentRouter.Memory.Use;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing;
using AgentRouter.Routing.Policies.Boundary;
using Microsoft.Extensions.AI;

namespace AgentRouter.Testing.Tests;

/// <summary>The C# of the pages on memory and on long conversations, as users write it.</summary>
public sealed class MemorySnippets : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agentrouter-");
    private readonly ModelSet _models = TestModels.From(TestScript.For().Always().Says("Lisbon."));

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("docs/memory.md", 3)]
    [InlineData("docs/context.md", 1)]
    public void The_pages_show_nothing_else(string page, int atLeast) => DocumentedSnippets.ShouldBeCompiledHere(page, atLeast);

    [Fact]
    public async Task A_conversation_is_remembered_and_asked()
    {
        string folder = _folder.FullName;

        await using var store = new SqliteMemoryStore(folder);          // a folder of your choice, with a file for each scope
        await using var memory = new GraphMemory(store);
        MemoryScope scope = MemoryScope.Parse("user:anna");

        await memory.ImportAsync(scope, new MemorySource
        {
            Key = "chat/17",
            Time = new DateTimeOffset(2026, 5, 8, 9, 0, 0, TimeSpan.Zero),
            Items =
            [
                new MemoryItem { Speaker = "Anna", Text = "I signed up for a marathon in October." },
                new MemoryItem { Speaker = "Ben", Text = "Which one are you training for?" },
                new MemoryItem { Speaker = "Anna", Text = "The one in Lisbon." },
            ],
        });
        await memory.RememberAsync(scope, new NewFact { Text = "Anna drinks green tea.", About = "anna/favourite tea" });

        MemoryRecall recall = await memory.RecallAsync(scope, new MemoryQuestion("Which marathon is Anna training for?") { MaxItems = 3, MaxTokens = 500 });
        foreach (RecalledItem item in recall.Items)
            Console.WriteLine($"{item.Node.Speaker} in {item.Source?.Key}: {item.Node.Text}");

        recall.Items.Select(item => item.Node.Text).ShouldContain("The one in Lisbon.");
        recall.Items.ShouldAllBe(item => item.Source!.Key == "chat/17");
    }

    [Fact]
    public async Task A_chat_client_has_a_memory()
    {
        ModelSet models = _models;
        IServiceProvider? services = null;
        await using var memory = new GraphMemory(new SqliteMemoryStore(_folder.FullName));
        MemoryScope scope = MemoryScope.Parse("user:anna");

        IChatClient client = new ChatClientBuilder(models)
            .UseMemory(memory, new MemoryUseOptions { Read = [scope], Write = scope, Tokens = 600, Remembers = MemoryRemembers.Turns })
            .UseFunctionInvocation()
            .UseStepRouting(router => router.UseBoundary())
            .Build(services);

        (await client.GetResponseAsync("Where is the marathon?", new ChatOptions { ConversationId = "chat-1" })).Text.ShouldBe("Lisbon.");
        MemoryRecall recall = await memory.RecallAsync(scope, new MemoryQuestion("marathon"));
        recall.Items.ShouldContain(item => item.Node.Text == "Where is the marathon?");
    }

    [Fact]
    public async Task A_long_conversation_is_kept_short()
    {
        ModelSet models = _models;
        IServiceProvider? services = null;
        await using var memory = new GraphMemory(new SqliteMemoryStore(_folder.FullName));

        IChatClient client = new ChatClientBuilder(models)
            .UseFunctionInvocation()
            .UseContextLimit(new ContextLimitOptions { Tokens = 24_000, Memory = memory, Scope = MemoryScope.Parse("workflow:task-17") })
            .UseStepRouting(router => router.UseBoundary())
            .Build(services);

        (await client.GetResponseAsync("Hello.")).Text.ShouldBe("Lisbon.");
    }

    [Fact]
    public async Task A_question_is_worth_an_effort()
    {
        using var router = new StepRoutingChatClient(_models);
        using var task = router.BeginTask(new Budget { Usd = 0.05m });
        await using var store = new SqliteMemoryStore(_folder.FullName);
        MemoryScope scope = MemoryScope.Parse("user:anna");
        IEmbeddingGenerator<string, Embedding<float>> generator = new LetterCounts();
        IMemoryReranker? reranker = null;
        IProgress<long>? progress = null;
        CancellationToken cancellationToken = CancellationToken.None;
        await using (var before = new GraphMemory(store))
            await before.ImportAsync(scope, new MemorySource { Key = "chat/1", Items = [new MemoryItem { Speaker = "Anna", Text = "After the marathon I bought new shoes." }] }, cancellationToken);

        var embeddings = new MemoryEmbeddings(generator, "text-embedding-3-small of 512");     // any IEmbeddingGenerator of Microsoft.Extensions.AI
        await using var memory = new GraphMemory(store, embeddings: embeddings);
        await memory.EmbedAsync(scope, progress, cancellationToken);                           // what has no vector yet; again after an import

        var recall = new AssistedRecall(memory, new AssistedRecallOptions { Client = router, Reranker = reranker, Ledger = task.Ledger, MostPerQuestion = Money.FromUsd(0.01m) });
        AssistedRecallResult answer = await recall.RecallAsync([scope], new MemoryQuestion("What did she buy after the marathon?"));
        foreach (PlannedModule part in answer.Plan.Modules)
            Console.WriteLine($"{part.Module}: {part.Effort}, {part.Reason} {part.Shortfall}");

        answer.Recall.Items.ShouldHaveSingleItem().Node.Text.ShouldContain("shoes");
        answer.Plan.Modules.Count.ShouldBe(5);
    }

    /// <summary>Vectors of how often each letter is there.</summary>
    private sealed class LetterCounts : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(text => new Embedding<float>(Enumerable.Range('a', 26).Select(letter => (float)text.Count(each => each == letter)).ToArray()))));

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
