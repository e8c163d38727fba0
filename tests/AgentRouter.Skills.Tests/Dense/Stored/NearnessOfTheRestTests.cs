using AgentRouter.Skills.Dense.Stored;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Tests.Support;

namespace AgentRouter.Skills.Tests.Dense.Stored;

/// <summary>Nearness where a store has found some skills of five and a sample stands for the others.</summary>
public sealed class NearnessOfTheRestTests
{
    private static readonly SkillIndex Five = SkillIndex.Of([.. Enumerable.Range(0, 5).Select(i => TestSkills.Of($"skill-{i}", "", $"word{i}"))]);

    [Fact]
    public void What_was_not_found_is_as_near_as_the_sample_says_and_no_nearer_than_the_last_that_was()
    {
        float[] near = Near(found: [(0, 0.9f), (1, 0.5f)], sample: [(1, 0.5f), (2, 0.3f), (3, 0.1f)]);

        // 0.9 and 0.5 were found, and 0.2 stands for each of the three others: the mean is 0.4
        near[0].ShouldBeGreaterThan(near[1]);
        near[1].ShouldBeGreaterThan(0);
        near[2].ShouldBeLessThan(0);
        near[3..].ShouldAllBe(each => each == near[2]);
        (near[0] / near[1]).ShouldBe((0.9f - 0.4f) / (0.5f - 0.4f), tolerance: 1e-3);
        Near(found: [(0, 0.9f), (1, 0.2f)], sample: [(2, 0.8f)])[2].ShouldBe(Near(found: [(0, 0.9f), (1, 0.2f)], sample: [(2, 0.8f)])[1]);
    }

    [Fact]
    public void Where_nothing_is_known_nothing_is_near()
    {
        Near(found: [], sample: []).ShouldAllBe(each => each == 0);
        Near(found: [(0, 0.9f)], sample: []).ShouldAllBe(each => each == 0);
    }

    private static float[] Near((int Skill, float Cosine)[] found, (int Skill, float Cosine)[] sample)
    {
        IndexedSkill[] skills = [.. Five.Segments.SelectMany(segment => segment.Skills)];
        var near = new float[skills.Length];
        new FoundNearness(found.ToDictionary(each => skills[each.Skill].Hash, each => each.Cosine), sample.ToDictionary(each => skills[each.Skill].Hash, each => each.Cosine))
            .Fill(Five, new DocumentNumbers(Five), near);
        return near;
    }
}
