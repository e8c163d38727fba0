using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Providers.Tests.Fakes;
using Microsoft.Extensions.AI;

namespace AgentRouter.Providers.Tests.Scripted;

public sealed class ScriptedEmbeddingGeneratorTests
{
    [Fact]
    public async Task Texts_are_near_that_have_words_in_common()
    {
        using IEmbeddingGenerator<string, Embedding<float>> generator = Create(dimensions: null);

        GeneratedEmbeddings<Embedding<float>> vectors = await generator.GenerateAsync(["Fix the failing test.", "a FAILING test", "paint a picture", "", "..."]);

        float[][] numbers = [.. vectors.Select(each => each.Vector.ToArray())];
        numbers.ShouldAllBe(vector => vector.Length == 64);
        Near(numbers[0], numbers[1]).ShouldBeGreaterThan(Near(numbers[0], numbers[2]));
        numbers[3].ShouldBe(numbers[4]);
        vectors.Usage!.InputTokenCount.ShouldBe(6 + 4 + 4 + 0 + 1);
    }

    [Fact]
    public async Task The_same_text_has_the_same_vector_in_every_version()
    {
        using IEmbeddingGenerator<string, Embedding<float>> generator = Create(dimensions: 8);

        (await generator.GenerateVectorAsync("fix the test")).ToArray().ShouldBe([0, 0, -1, 2, 1, -1, -1, 0]);
    }

    private static float Near(float[] a, float[] b) => a.Zip(b, (x, y) => x * y).Sum() / MathF.Sqrt(a.Sum(x => x * x) * b.Sum(x => x * x));

    private static IEmbeddingGenerator<string, Embedding<float>> Create(int? dimensions) => EmbeddingGeneratorFactory.Create(
        new EmbeddingProfile { Name = "e", Provider = "s", ModelId = "words", Dimensions = dimensions, Prices = ModelPrices.Free },
        new RouterConfiguration { Providers = new Dictionary<string, ProviderSettings> { ["s"] = new() { Name = "s", Kind = "scripted", Script = "none.yaml" } } }, new FakeSecrets([]));
}
