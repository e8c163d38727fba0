using AgentRouter.Configuration;
using AgentRouter.Onnx.Reranking;
using AgentRouter.Onnx.Tests.Support;

namespace AgentRouter.Onnx.Tests.Reranking;

public sealed class OnnxCrossEncoderTests
{
    [Fact]
    public async Task One_number_of_a_pair_becomes_a_score_from_0_to_1()
    {
        using var folder = ModelTestFolder.CrossEncoder(classes: 1);
        using var encoder = OnnxCrossEncoder.Load(folder.Path);

        IReadOnlyList<float> scores = await encoder.ScoreAsync("a", ["b", "b b b", "a"]);

        // the model adds up 1 for each b of the second text
        scores.ShouldBe([Logistic(1), Logistic(3), Logistic(0)], tolerance: 1e-6);
    }

    [Fact]
    public async Task Of_two_classes_the_second_one_s_share_is_the_score()
    {
        using var folder = ModelTestFolder.CrossEncoder(classes: 2);
        using var encoder = OnnxCrossEncoder.Load(folder.Path);

        (await encoder.ScoreAsync("b", ["b b"])).ShouldBe([Logistic(2 - -4)], tolerance: 1e-6);
    }

    [Fact]
    public async Task What_is_too_long_is_cut_off()
    {
        using var folder = ModelTestFolder.CrossEncoder(classes: 1);
        using var encoder = OnnxCrossEncoder.Load(folder.Path, new OnnxCrossEncoderOptions { MaxTokens = 8 });

        (await encoder.ScoreAsync("a", ["b b b b b b b b b b"])).ShouldBe([Logistic(4)], tolerance: 1e-6);
    }

    [Fact]
    public async Task Other_numbers_of_classes_are_refused()
    {
        using var folder = ModelTestFolder.CrossEncoder(classes: 3);
        using var encoder = OnnxCrossEncoder.Load(folder.Path);

        (await Should.ThrowAsync<ConfigurationException>(() => encoder.ScoreAsync("a", ["b"]))).Message.ShouldContain("1 x 3");
    }

    [Fact]
    public void A_model_of_vectors_is_no_cross_encoder()
    {
        using var folder = ModelTestFolder.Bert();

        Should.Throw<ConfigurationException>(() => OnnxCrossEncoder.Load(folder.Path)).Message.ShouldContain("sequence classification");
    }

    private static float Logistic(float logit) => 1 / (1 + MathF.Exp(-logit));
}
