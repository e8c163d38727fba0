using AgentRouter.Skills.Index;
using AgentRouter.Skills.Ranking;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Tests.Support;
using CsCheck;

namespace AgentRouter.Skills.Tests.Index;

public sealed class SkillIndexTests
{
    [Fact]
    public void Scores_are_those_of_the_formula() => Gen.Select(RandomSkills.Library(1, 12), RandomSkills.Words(1, 8))
        .Sample((skills, query) => AgreesWithTheFormula(SkillIndex.Of(skills), skills, query, [.. Enumerable.Range(0, skills.Length)]), iter: 60);

    [Fact]
    public void Scores_of_common_terms_are_those_of_the_formula()
    {
        Skill[] skills = RandomSkills.Many(1_500, seed: 7);

        AgreesWithTheFormula(SkillIndex.Of(skills), skills, "test build of a report with charts, rare17 and rare700", [0, 1, 17, 700, 1_499]);
    }

    [Fact]
    public void An_index_that_grew_is_the_same_as_one_that_was_built() => Gen.Select(RandomSkills.Library(1, 14), Gen.Int[0, 13].Array[0, 20], RandomSkills.Words(1, 6))
        .Sample((skills, steps, query) =>
        {
            SkillIndex grown = SkillIndex.Empty;
            var live = new Dictionary<string, Skill>();
            foreach (int step in steps)
            {
                Skill skill = skills[step % skills.Length];
                bool isAdded = live.TryAdd(skill.Id, skill);
                grown = isAdded ? grown.With([skill]) : grown.Without(skill.Id);
                if (!isAdded)
                    live.Remove(skill.Id);
            }

            var built = SkillIndex.Of(live.Values);
            grown.Count.ShouldBe(built.Count);
            grown.Skills.Select(skill => skill.Id).Order().ShouldBe(built.Skills.Select(skill => skill.Id).Order());
            Found(grown, query).ShouldBe(Found(built, query));
        }, iter: 150);

    [Fact]
    public void A_skill_with_the_id_of_another_takes_its_place()
    {
        SkillIndex index = SkillIndex.Of([TestSkills.Of("tea", "Makes tea"), TestSkills.Of("toast", "Makes toast")])
            .With([TestSkills.Of("coffee", "Makes coffee", id: "tea")]);

        index.Count.ShouldBe(2);
        Found(index, "tea").ShouldBeEmpty();
        Found(index, "coffee").ShouldHaveSingleItem().Id.ShouldBe("tea");
        index.Find("tea").ShouldBeEmpty();
        index.Find("coffee").Single().Description.ShouldBe("Makes coffee");
    }

    [Fact]
    public void Of_several_with_one_id_the_last_one_counts()
    {
        var index = SkillIndex.Of([TestSkills.Of("tea", id: "x"), TestSkills.Of("toast", id: "x")]);

        index.Skills.Single().Name.ShouldBe("toast");
    }

    [Fact]
    public void Taking_out_what_is_not_there_changes_nothing()
    {
        var index = SkillIndex.Of([TestSkills.Of("tea")]);

        index.Without("coffee").Count.ShouldBe(1);
        index.Without("tea").Count.ShouldBe(0);
        index.Without("tea").Skills.ShouldBeEmpty();
    }

    [Fact]
    public void Chunks_that_were_counted_apart_are_one_index()
    {
        Skill[] skills = RandomSkills.Many(2_500, seed: 3);

        var index = SkillIndex.Of(skills);

        index.Count.ShouldBe(2_500);
        AgreesWithTheFormula(index, skills, "graph of rare9 and rare1200", [0, 2_047, 2_048, 2_499]);
    }

    private static void AgreesWithTheFormula(SkillIndex index, Skill[] skills, string query, int[] looked)
    {
        RankingRecipe recipe = SkillRecipes.Default;
        var formula = new BruteForce(skills, recipe);
        using var scores = QueryScores.Of(index, query, nearness: null, CancellationToken.None);
        var documents = Enumerable.Range(0, scores.Documents.Count).ToDictionary(document => scores.Documents.Skill(document).Id);
        foreach (int skill in looked.Where(skill => !scores.Documents.Hidden.Contains(documents[skills[skill].Id])))
        {
            for (int weight = 0; weight < recipe.Weights.Count; weight++)
                ((double)scores.Of(weight)[documents[skills[skill].Id]]).ShouldBe(formula.Score(skill, query, recipe.Weights[weight]), 2e-3);
        }
    }

    private static (string Id, double Score)[] Found(SkillIndex index, string query) =>
        [.. new SkillRetriever(index).Search(query).Select(match => (match.Skill.Id, Math.Round(match.Score, 4)))];
}
