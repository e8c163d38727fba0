using AgentRouter.Skills.Dense.Stored;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Sources;
using AgentRouter.Skills.Tests.Support;
using Xunit.Abstractions;

namespace AgentRouter.Skills.Tests.Dense.Stored;

/// <summary>The order with vectors of a store beside the order with the same vectors in the index.</summary>
public sealed class FoundNearnessTests(ITestOutputHelper output)
{
    private const int Skills = 1_000;
    private const int Tasks = 24;

    private static readonly BlurredTopics Embedder = new(seed: 3);

    [Fact]
    public async Task The_order_is_that_of_a_scan_where_the_store_returns_everything()
    {
        (double overlap, double same) = await CompareAsync(nearest: 2 * Skills);

        (overlap, same).ShouldBe((1, 1));
    }

    [Theory]
    [InlineData(200, 0.98)]
    [InlineData(50, 0.95)]
    public async Task The_first_ten_are_nearly_those_of_a_scan_where_the_store_returns_the_nearest(int nearest, double least)
    {
        (double overlap, double same) = await CompareAsync(nearest);

        output.WriteLine($"{nearest} nearest of {Skills}: {overlap:0.000} of the first ten are the same, and {same:0.000} of the lists");
        overlap.ShouldBeGreaterThanOrEqualTo(least);
    }

    // the share of the first ten that both have, and the share of tasks whose first ten are in the same order
    private static async Task<(double Overlap, double Same)> CompareAsync(int nearest)
    {
        Skill[] skills = TopicSkills.Many(Skills, seed: 7);
        CodeSkillSource source = new("topics", skills);
        SkillIndex scanned = (await SkillIndexer.UpdateAsync(SkillIndex.Empty, [source], new SkillIndexerOptions { Embedder = Embedder })).Index;
        SkillIndex plain = SkillIndex.Of(skills);
        var vectors = new SkillVectorCollection(new MemoryVectorStore(), "skills", BlurredTopics.Dimensions, Embedder, new SkillVectorOptions { Nearest = nearest });
        await vectors.UpdateAsync(plain, [source]);
        var random = new Random(11);
        double overlap = 0, same = 0;
        for (int task = 0; task < Tasks; task++)
        {
            string query = string.Join(' ', Enumerable.Range(0, 3).Select(_ => TopicSkills.Word(task % TopicSkills.Topics, random.Next(TopicSkills.Words))));
            string[] expected = await FirstAsync(new SkillRetriever(scanned, Embedder), query);
            string[] found = await FirstAsync(new SkillRetriever(plain, vectors: vectors), query);
            overlap += expected.Intersect(found).Count() / (double)expected.Length;
            same += expected.SequenceEqual(found) ? 1 : 0;
        }

        return (overlap / Tasks, same / Tasks);
    }

    private static async Task<string[]> FirstAsync(SkillRetriever retriever, string query) => [.. (await retriever.SearchAsync(query)).Select(match => match.Skill.Id)];
}
