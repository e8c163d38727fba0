using AgentRouter.Budgets;
using AgentRouter.Memory;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Storage.Sqlite;
using AgentRouter.Memory.Use;
using AgentRouter.Providers.Scripted;
using AgentRouter.Routing.Tasks;
using AgentRouter.SemanticKernel.Memories;
using AgentRouter.Testing;
using Microsoft.SemanticKernel;

namespace AgentRouter.SemanticKernel.Tests;

public sealed class KernelMemoryTests : IAsyncLifetime
{
    private static readonly MemoryScope Shop = MemoryScope.Parse("project:shop");
    private static readonly MemoryUseOptions Options = new() { Read = [Shop], Write = Shop };

    private readonly string _folder = Directory.CreateTempSubdirectory("agentrouter-kernel-memory-").FullName;
    private readonly SqliteMemoryStore _store;
    private readonly GraphMemory _memory;

    public KernelMemoryTests()
    {
        _store = new SqliteMemoryStore(_folder);
        _memory = new GraphMemory(_store);
    }

    public Task InitializeAsync() => _memory.ImportAsync(Shop, new MemorySource { Key = "chat/may", Items = [new MemoryItem { Speaker = "Anna", Text = "The cat eats salmon only, never tuna." }] });

    public async Task DisposeAsync()
    {
        await _memory.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_model_recalls_remembers_and_forgets_with_functions_of_the_kernel()
    {
        using var fixture = new KernelFixture(TestScript.For());
        KernelPlugin memory = fixture.Kernel.AddMemory(_memory, Options);
        using TaskScope task = fixture.Kernel.BeginTask(Budget.Unlimited);

        memory.Select(function => function.Metadata.Name).ShouldBe(["recall", "remember", "forget"], ignoreOrder: true);
        (await CallAsync(fixture.Kernel, memory["remember"], ("text", "The cat is called Miso."))).ShouldBe("Remembered.");
        (await CallAsync(fixture.Kernel, memory["recall"], ("question", "What is the cat called?"))).ShouldContain("\"The cat is called Miso.\"");
        (await CallAsync(fixture.Kernel, memory["forget"], ("what", "The cat is called Miso."))).ShouldBe("Forgotten: \"The cat is called Miso.\"");
        (await CallAsync(fixture.Kernel, memory["forget"], ("what", "9"))).ShouldBe("Error: There is no note [9]. memory_recall finds notes and numbers them.");
    }

    [Theory, MemberData(nameof(AgentRouterKernelTests.Paths), MemberType = typeof(AgentRouterKernelTests))]
    public async Task A_prompt_is_shown_what_is_remembered_and_its_model_finds_more(Way path, bool streaming)
    {
        Script script = TestScript.For("recalls")
            .When(call: 1, messageContains: "Anna: \"The cat eats salmon only, never tuna.\"").Calls("memory_recall", new { question = "tuna" })
            .When(call: 2, lastResultContains: "never tuna").Says("Salmon.");
        using var fixture = new KernelFixture(script, path, build: builder => builder.AddMemory(_memory, Options));
        using TaskScope task = fixture.BeginTask();

        string answer = await fixture.AskAsync("What does the cat eat?", path, streaming);

        answer.ShouldEndWith("Salmon.");
        task.Ledger.Snapshot().Spent.Calls.ShouldBe(2);
    }

    [Fact]
    public void What_a_kernel_cannot_do_is_refused_when_it_is_built()
    {
        Should.Throw<ArgumentException>(() => Kernel.CreateBuilder().AddMemory(_memory, Options with { Remembers = MemoryRemembers.Turns })).Message.ShouldContain("no id of a conversation");
        Should.Throw<ArgumentOutOfRangeException>(() => Kernel.CreateBuilder().AddMemory(_memory, Options with { TopK = 99 }));
    }

    private static async Task<string> CallAsync(Kernel kernel, KernelFunction function, (string Name, object? Value) argument) =>
        (await function.InvokeAsync(kernel, new KernelArguments { [argument.Name] = argument.Value })).ToString();
}
