using AgentRouter.Cli.CommandLine;
using AgentRouter.Configuration;
using AgentRouter.Memory.Embeddings;
using AgentRouter.Models;
using AgentRouter.Onnx.Embeddings;
using AgentRouter.Providers;
using AgentRouter.Routing.Embeddings;
using AgentRouter.Skills.Dense;
using Microsoft.Extensions.AI;

namespace AgentRouter.Cli.Hosting.Embeddings;

/// <summary>What makes vectors, ready to be asked: the one place where models of folders and of providers meet, with the money.</summary>
internal sealed class OpenEmbeddings : IDisposable
{
    private readonly PendingEmbeddings _generator;
    private readonly SkillEmbedderOptions _options;

    private OpenEmbeddings(EmbeddingProfile profile, EmbeddingMeter meter, IEmbeddingGenerator<string, Embedding<float>> generator, SkillEmbedderOptions options)
    {
        (Profile, Meter, _generator, _options) = (profile, meter, new PendingEmbeddings(generator), options);
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

    /// <summary>Opens it. Sends nothing.</summary>
    /// <param name="context">The world.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="profile">One of its embeddings.</param>
    /// <param name="task">What pays for vectors; by default the task that is current at each call.</param>
    /// <exception cref="ConfigurationException">The model cannot be loaded, or a key or setting is missing.</exception>
    public static OpenEmbeddings Open(CliContext context, RouterConfiguration configuration, EmbeddingProfile profile, EmbeddingTask? task = null)
    {
        if (profile.Onnx is { } folder)
            return OfFolder(context, profile.WithRevision(), folder, configuration);
        var meter = new EmbeddingMeter(EmbeddingGeneratorFactory.Create(profile, configuration, context.Secrets, context.TimeProvider), context.TimeProvider);
        var generator = new MeteredEmbeddingGenerator(meter, profile, new MeteredEmbeddingOptions { TimeProvider = context.TimeProvider });
        return new OpenEmbeddings(profile, meter, task is null || !profile.IsPaid ? generator : new PaidEmbeddings(generator, task), Options(profile, null, null));
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
        return new OpenEmbeddings(profile, meter, meter, Options(profile, model.SkillPrefix, model.TaskPrefix));
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
