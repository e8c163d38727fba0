using AgentRouter.Cli.CommandLine;
using AgentRouter.Cli.Hosting.Embeddings;
using AgentRouter.Configuration;
using AgentRouter.Memory.Retrieval.Effort;
using AgentRouter.Models;
using AgentRouter.Onnx.Reranking;
using AgentRouter.Skills.Reranking;
using AgentRouter.Skills.Sources;

namespace AgentRouter.Cli.Hosting.Reranking;

/// <summary>A model that puts skills in order, loaded.</summary>
internal sealed class OpenReranker : IDisposable
{
    private readonly OnnxCrossEncoder _encoder;

    private OpenReranker(RerankerProfile profile, OnnxCrossEncoder encoder) => (Profile, _encoder) = (profile, encoder);

    /// <summary>Gets what the configuration says of it.</summary>
    public RerankerProfile Profile { get; }

    /// <summary>Loads the model.</summary>
    /// <param name="context">The world.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="profile">One of its rerankers.</param>
    /// <exception cref="ConfigurationException">The folder is not there, or the model cannot be loaded.</exception>
    public static OpenReranker Open(CliContext context, RouterConfiguration configuration, RerankerProfile profile)
    {
        if (!Directory.Exists(profile.Onnx))
            throw new ConfigurationException($"There is no folder {context.Shorten(profile.Onnx)}, which reranker '{profile.Name}'{(configuration.SourceFile is { } file ? $" in {context.Shorten(file)}" : "")} names.");
        return new OpenReranker(profile, OnnxCrossEncoder.Load(profile.Onnx, new OnnxCrossEncoderOptions
        {
            Device = DeviceNames.Read(profile.Device),
            MaxTokens = profile.MaxTokens,
            Report = message => Notes.Show(context, message),
        }));
    }

    /// <summary>Makes what orders the skills of an index.</summary>
    /// <param name="sources">The sources that the index was made of, to read bodies from.</param>
    public ISkillReranker Over(IReadOnlyList<ISkillSource> sources) => new CrossEncoderSkillReranker(_encoder, new CrossEncoderSkillRerankerOptions { Depth = Profile.Depth }, sources);

    /// <summary>Makes what orders what a memory has found.</summary>
    public IMemoryReranker OfMemory() => new MemoryCrossEncoder(_encoder);

    /// <inheritdoc/>
    public void Dispose() => _encoder.Dispose();

    private sealed class MemoryCrossEncoder(OnnxCrossEncoder encoder) : IMemoryReranker
    {
        public Task<IReadOnlyList<float>> ScoreAsync(string question, IReadOnlyList<string> texts, CancellationToken cancellationToken = default) => encoder.ScoreAsync(question, texts, cancellationToken);
    }
}
