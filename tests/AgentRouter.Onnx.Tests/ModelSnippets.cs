using AgentRouter.Onnx.Devices;
using AgentRouter.Onnx.Embeddings;
using AgentRouter.Onnx.Reranking;
using AgentRouter.Onnx.Tests.Support;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Sources;
using AgentRouter.Testing.Tests;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentRouter.Onnx.Tests;

/// <summary>The C# of docs/models.md, as users write it.</summary>
public sealed class ModelSnippets
{
    [Fact]
    public void The_page_shows_nothing_else() => DocumentedSnippets.ShouldBeCompiledHere("docs/models.md", atLeast: 3);

    [Fact]
    public async Task Skills_are_embedded_and_ordered_on_this_machine()
    {
        using var embedding = ModelTestFolder.Bert();
        using var order = ModelTestFolder.CrossEncoder(classes: 1);
        (string folder, string orderFolder) = (embedding.Path, order.Path);
        SkillIndex previous = SkillIndex.Empty;
        ISkillSource[] sources = [new FolderSkillSource(Path.Combine(DocumentedSnippets.RepositoryRoot(), "skills"))];

        using OnnxEmbeddingGenerator generator = OnnxEmbeddingGenerator.Load(folder);
        ISkillEmbedder embedder = generator.AsSkillEmbedder(new() { TaskPrefix = generator.TaskPrefix ?? "", SkillPrefix = generator.SkillPrefix ?? "" });
        SkillIndexUpdate read = await SkillIndexer.UpdateAsync(previous, sources, new SkillIndexerOptions { Embedder = embedder });

        read.Index.VectorLength.ShouldBe(3);

        using OnnxCrossEncoder encoder = OnnxCrossEncoder.Load(orderFolder);
        SkillRetriever retriever = new(read.Index, embedder, new CrossEncoderSkillReranker(encoder, options: null, sources));
        IReadOnlyList<SkillMatch> found = await retriever.SearchAsync("turn the failing test green");

        found[0].Reason.ShouldBe(MatchReason.Model);
    }

    [Fact]
    public void A_device_may_be_required()
    {
        ILogger log = NullLogger.Instance;

        OnnxEmbeddingOptions options = new() { Device = OnnxDevice.Cuda, DeviceId = 0, RequireDevice = true, Report = message => log.LogWarning("{Message}", message) };

        options.RequireDevice.ShouldBeTrue();
    }
}
