using AgentRouter.Budgets;
using AgentRouter.Memory;
using AgentRouter.Memory.Embeddings;
using AgentRouter.Memory.Storage;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Calls;
using AgentRouter.Routing.Embeddings;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Index.Files;
using AgentRouter.Skills.Sources;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Tests.Engine.Skills;

/// <summary>Vectors that know one thing: whether a text is about films. They cost money, a token for each text.</summary>
/// <param name="usdPerMillion">What a million tokens costs.</param>
internal sealed class TopicEmbeddings(decimal usdPerMillion = 1) : IEmbeddingGenerator<string, Embedding<float>>
{
    private static readonly string[] Films = ["video", "film", "movie"];

    private readonly EmbeddingProfile _profile = new() { Name = "hosted", Provider = "p", ModelId = "topics", Prices = new ModelPrices(usdPerMillion, 0) };

    /// <summary>Gets or sets what happens before an answer.</summary>
    public Action OnCall { get; set; } = () => { };

    /// <summary>Gets or sets how long an answer takes, unless the call is cancelled.</summary>
    public TimeSpan ListensFor { get; set; }

    public int Calls { get; private set; }

    /// <summary>What a run asks: it spends from the run's ledger.</summary>
    public ISkillEmbedder Embedder(bool isPaid = true) => Metered(null, isPaid).AsSkillEmbedder(new() { Name = _profile.VectorName, IsPaid = isPaid });

    /// <summary>What a memory asks in a run: it spends from the run's ledger.</summary>
    public MemoryEmbeddings OfMemory(bool isPaid = true) => new(Metered(null, isPaid), _profile.VectorName);

    /// <summary>Makes the vectors of a memory.</summary>
    public async Task EmbedAsync(IMemoryStore store, MemoryScope scope)
    {
        await using var memory = new GraphMemory(store, embeddings: new MemoryEmbeddings(Metered(new BudgetLedger(new Budget { Usd = 1_000 }), isPaid: false), _profile.VectorName));
        await memory.EmbedAsync(scope);
        Calls = 0;
    }

    /// <summary>Makes an index of a folder.</summary>
    public async Task<string> IndexAsync(string folder)
    {
        string file = Path.Combine(folder, "skills.index");
        using MeteredEmbeddingGenerator generator = Metered(new BudgetLedger(new Budget { Usd = 1 }), isPaid: true);
        ISkillEmbedder embedder = generator.AsSkillEmbedder(new() { Name = _profile.VectorName });
        SkillIndexUpdate read = await SkillIndexer.UpdateAsync(SkillIndex.Empty, [new FolderSkillSource(folder)], new SkillIndexerOptions { Embedder = embedder });
        SkillIndexFile.Save(read.Index, file);
        Calls = 0;
        return file;
    }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        Calls++;
        OnCall();
        await Task.Delay(ListensFor, cancellationToken);
        string[] texts = [.. values];
        return new GeneratedEmbeddings<Embedding<float>>(texts.Select(text =>
            new Embedding<float>(Films.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) ? new float[] { 1, 0.1f } : new float[] { 0.1f, 1 })))
        {
            Usage = new UsageDetails { InputTokenCount = texts.Length },
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private MeteredEmbeddingGenerator Metered(BudgetLedger? ledger, bool isPaid) =>
        new(this, isPaid ? _profile : _profile with { Prices = ModelPrices.Free }, new MeteredEmbeddingOptions { Ledger = ledger, Retry = new RetryOptions { AttemptsPerModel = 1 } });
}
