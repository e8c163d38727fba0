using AgentRouter.Budgets;
using AgentRouter.Memory.Embeddings;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Memory.Tests.Embeddings;

/// <summary>Two friends' conversations in a memory that embeds by senses, with a clock that stands still.</summary>
internal sealed class EmbeddingBench : IAsyncDisposable
{
    public const string Space = "senses of 256";

    public EmbeddingBench()
    {
        Embeddings = new MemoryEmbeddings(Embedder, Space) { Batch = 4 };
        Memory = new GraphMemory(Store, Clock, Embeddings);
        Plain = new GraphMemory(Store, Clock);
    }

    public static BudgetExceededException Refused { get; } = new(new BudgetRefusal(BudgetDimension.Usd, 1, 1, 0, 1), OnExceeded.Stop);

    public InMemoryStore Store { get; } = new();

    public SenseEmbedder Embedder { get; } = new();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 6, 3, 12, 0, 0, TimeSpan.Zero));

    public MemoryEmbeddings Embeddings { get; }

    public GraphMemory Memory { get; }

    /// <summary>Gets a memory of the same without embeddings.</summary>
    public GraphMemory Plain { get; }

    public async Task RememberAsync(IEnumerable<MemorySource>? sources = null)
    {
        foreach (MemorySource source in sources ?? Memories.Friends)
            await Memory.ImportAsync(Memories.Scope, source);
    }

    public Task<MemoryRecall> AskAsync(string question, int count = 3) => Memory.RecallAsync(Memories.Scope, new MemoryQuestion(question) { MaxItems = count });

    public async Task<long[]> EmbeddedAsync()
    {
        var nodes = new List<long>();
        await foreach (var portion in (await Store.OpenAsync(Memories.Scope, create: false))!.ReadVectorsAsync(Space, 0))
            nodes.AddRange(portion.Select(each => each.Key));
        return [.. nodes];
    }

    public async ValueTask DisposeAsync()
    {
        await Memory.DisposeAsync();
        await Plain.DisposeAsync();
    }
}
