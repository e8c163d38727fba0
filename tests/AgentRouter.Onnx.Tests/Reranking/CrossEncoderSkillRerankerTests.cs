using AgentRouter.Onnx.Reranking;
using AgentRouter.Onnx.Tests.Support;
using AgentRouter.Skills;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Reranking;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Sources;

namespace AgentRouter.Onnx.Tests.Reranking;

public sealed class CrossEncoderSkillRerankerTests
{
    private static readonly CodeSkillSource Source = new("test", Skill("a", "x task", "c"), Skill("c", "x task b", "c"), Skill("e", "x task", "b b b"));

    [Fact]
    public async Task Bodies_count_where_their_sources_are_given()
    {
        using var folder = ModelTestFolder.CrossEncoder(classes: 1);
        using var encoder = OnnxCrossEncoder.Load(folder.Path);

        IReadOnlyList<SkillMatch> found = await SearchAsync(new CrossEncoderSkillReranker(encoder, options: null, Source));

        found.Select(match => match.Skill.Name).ShouldBe(["e", "c", "a"]);
        found.ShouldAllBe(match => match.Reason == MatchReason.Model);
    }

    [Fact]
    public async Task Names_and_descriptions_decide_without_sources_and_the_rest_stays_in_order()
    {
        using var folder = ModelTestFolder.CrossEncoder(classes: 1);
        using var encoder = OnnxCrossEncoder.Load(folder.Path);
        string[] before = [.. (await SearchAsync(null)).Select(match => match.Skill.Name)];

        IReadOnlyList<SkillMatch> found = await SearchAsync(new CrossEncoderSkillReranker(encoder));

        found.Select(match => match.Skill.Name).ShouldBe(["c", .. before.Where(name => name != "c")]);
    }

    [Fact]
    public void Ranges_are_checked()
    {
        using var folder = ModelTestFolder.CrossEncoder(classes: 1);
        using var encoder = OnnxCrossEncoder.Load(folder.Path);

        Should.Throw<ArgumentOutOfRangeException>(() => new CrossEncoderSkillReranker(encoder, new CrossEncoderSkillRerankerOptions { Depth = 1 }));
    }

    private static async Task<IReadOnlyList<SkillMatch>> SearchAsync(ISkillReranker? reranker)
    {
        SkillIndexUpdate read = await SkillIndexer.UpdateAsync(SkillIndex.Empty, [Source]);
        return await new SkillRetriever(read.Index, reranker: reranker).SearchAsync("x task");
    }

    private static Skill Skill(string name, string description, string body) => new() { Name = name, Description = description, Body = body, Id = name };
}
