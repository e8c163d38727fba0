using AgentRouter.Budgets;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Configuration;
using AgentRouter.Memory.Embeddings;
using AgentRouter.Models;
using AgentRouter.Onnx.Embeddings;
using AgentRouter.Pricing;
using AgentRouter.Providers;
using AgentRouter.Routing.Embeddings;
using AgentRouter.Skills.Dense;
using Microsoft.Extensions.AI;

namespace AgentRouter.Cli.Hosting.Embeddings;

/// <summary>What makes vectors, ready to be asked: the one place where models of folders and of providers meet, with the money.</summary>
internal sealed class OpenEmbeddings : IDisposable
{
    private readonly PendingEmbeddings _generator;
    private readonly BudgetLedger? _ledger;

    private readonly SkillEmbedderOptions _options;

    private OpenEmbeddings(EmbeddingProfile profile, EmbeddingMeter meter, IEmbeddingGenerator<string, Embedding<float>> generator, SkillEmbedderOptions options, BudgetLedger? ledger)
    {
        (Profile, Meter, _generator, _options, _ledger) = (profile, meter, new PendingEmbeddings(generator), options, ledger);
        Embedder = _generator.AsSkillEmbedder(options);
    }

    /// <summary>Gets what the configuration says of it.</summary>
    public EmbeddingProfile Profile { get; }

    /// <summary>Gets what embeds skills and tasks.</summary>
    public ISkillEmbedder Embedder { get; }

    /// <summary>Gets what embeds memories and questions.</summary>
    public MemoryEmbeddings OfMemory => new(_generator, Profile.VectorName) { NodePrefix = _options.SkillPrefix, QuestionPrefix = _options.TaskPrefix, Batch = _options.BatchSize };

    /// <summary>Gets what has been done so far.</summary>
    public EmbeddingMeter Meter { get; }

    /// <summary>Gets what has been spent from the ledger it was given.</summary>
    public Money Spent => _ledger?.Snapshot().Spent.Usd ?? Money.Zero;

    /// <summary>Opens it. Sends nothing.</summary>
    /// <param name="context">The world.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="profile">One of its embeddings.</param>
    /// <param name="budget">The most that may be spent in all; <see langword="null"/> for what the task that is current at each call may spend.</param>
    /// <exception cref="ConfigurationException">The model cannot be loaded, or a key or setting is missing.</exception>
    public static OpenEmbeddings Open(CliContext context, RouterConfiguration configuration, EmbeddingProfile profile, Money? budget = null)
    {
        BudgetLedger? ledger = budget is { } usd ? new BudgetLedger(new Budget { Usd = usd.ToUsd(), OnExceeded = OnExceeded.Stop }, context.TimeProvider) : null;
        if (profile.Onnx is { } folder)
            return OfFolder(context, profile.WithRevision(), folder, configuration);
        var meter = new EmbeddingMeter(EmbeddingGeneratorFactory.Create(profile, configuration, context.Secrets, context.TimeProvider), context.TimeProvider);
        var generator = new MeteredEmbeddingGenerator(meter, profile, new MeteredEmbeddingOptions { Ledger = ledger, TimeProvider = context.TimeProvider });
        return new OpenEmbeddings(profile, meter, generator, Options(profile, null, null), ledger);
    }

    /// <summary>Waits until all that was sent is booked: a call that nobody waits for any more costs all the same.</summary>
    public Task BookedAsync() => _generator.WaitAsync();

    /// <inheritdoc/>
    public void Dispose() => _generator.Dispose();

    private static OpenEmbeddings OfFolder(CliContext context, EmbeddingProfile profile, string folder, RouterConfiguration configuration)
    {
        if (!Directory.Exists(folder))
            throw new ConfigurationException($"There is no folder {context.Shorten(folder)}, which embeddings '{profile.Name}'{(configuration.SourceFile is { } file ? $" in {context.Shorten(file)}" : "")} name.");
        OnnxEmbeddingGenerator model = OnnxEmbeddingGenerator.Load(folder, new OnnxEmbeddingOptions
        {
            Device = DeviceNames.Read(profile.Device),
            MaxTokens = profile.MaxTokens,
            Report = message => Notes.Show(context, message),
        });
        var meter = new EmbeddingMeter(model, context.TimeProvider);
        return new OpenEmbeddings(profile, meter, meter, Options(profile, model.SkillPrefix, model.TaskPrefix), ledger: null);
    }

    private static SkillEmbedderOptions Options(EmbeddingProfile profile, string? skillPrefix, string? taskPrefix) => new()
    {
        Name = profile.VectorName,
        SkillPrefix = profile.SkillPrefix ?? skillPrefix ?? "",
        TaskPrefix = profile.TaskPrefix ?? taskPrefix ?? "",
        BatchSize = profile.Batch,
        IsPaid = profile.IsPaid,
    };
}
