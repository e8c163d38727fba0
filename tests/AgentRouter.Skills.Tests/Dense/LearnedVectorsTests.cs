using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Evaluation;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Tests.Support;

namespace AgentRouter.Skills.Tests.Dense;

public sealed class LearnedVectorsTests
{
    private static readonly Skill[] Topics = TopicSkills.Many(240, seed: 1);
    private static readonly Skill[] Few = TopicSkills.Many(60, seed: 1);
    private static readonly Skill Wide = TestSkills.Of("wide", "", string.Join(' ', Enumerable.Range(0, 7).Select(number => TopicSkills.Word(4, number))));

    [Fact]
    public void A_skill_is_found_by_words_that_it_does_not_say()
    {
        var index = SkillIndex.Of([.. Few, Wide]);
        string word = TopicSkills.Word(4, 7);

        IReadOnlyList<SkillMatch> found = new SkillRetriever(LearnedVectors.Update(index, DenseMode.On)).Search(word);

        found.ShouldContain(match => match.Skill.Id == Wide.Id);
        found[0].Views[^1].View.ShouldBe("nearness");
        new SkillRetriever(index).Search(word).ShouldNotContain(match => match.Skill.Id == Wide.Id);
    }

    [Fact]
    public void Small_libraries_learn_only_when_told_to()
    {
        var index = SkillIndex.Of(Topics);

        LearnedVectors.Update(index, DenseMode.Auto).ShouldBeSameAs(index);
        LearnedVectors.Update(index, DenseMode.Off).ShouldBeSameAs(index);
        SkillIndex learned = LearnedVectors.Update(index, DenseMode.On);
        learned.VectorLength.ShouldBe(60);
        LearnedVectors.Update(learned, DenseMode.Off).VectorLength.ShouldBe(0);
    }

    [Fact]
    public void Larger_libraries_learn_by_themselves()
    {
        LearnedVectors.Update(SkillIndex.Of(TopicSkills.Many(LearnedVectors.FewestSkills, seed: 2)), DenseMode.Auto).VectorLength.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void In_a_large_library_words_and_vectors_are_compared_at_once_and_a_search_can_be_cancelled()
    {
        LearnedWords words = (LearnedWords)LearnedVectors.Update(SkillIndex.Of(Topics), DenseMode.On).Space!;
        SkillIndex index = SkillIndex.Of(TopicSkills.Many(10_000, seed: 3)).WithVectors(words);
        string query = $"{TopicSkills.Word(2, 1)} {TopicSkills.Word(2, 5)}";
        var retriever = new SkillRetriever(index);

        IReadOnlyList<SkillMatch> found = retriever.Search(query);

        found[0].Views[^1].ShouldSatisfyAllConditions(view => view.View.ShouldBe("nearness"), view => view.Share.ShouldBeGreaterThan(0.5));
        found.Take(5).ShouldAllBe(match => int.Parse(match.Skill.Id, System.Globalization.CultureInfo.InvariantCulture) % TopicSkills.Topics == 2, "they are of the topic");
        retriever.Search(query).Select(match => match.Skill.Id).ShouldBe(found.Select(match => match.Skill.Id));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Should.Throw<OperationCanceledException>(() => retriever.Search(query, cancellationToken: cancelled.Token));
    }

    [Fact]
    public void Where_there_is_nothing_to_learn_there_are_no_vectors()
    {
        LearnedVectors.Update(SkillIndex.Empty, DenseMode.On).VectorLength.ShouldBe(0);
        LearnedVectors.Update(SkillIndex.Of([TestSkills.Of("tea", "Makes tea"), TestSkills.Of("toast")]), DenseMode.On).VectorLength.ShouldBe(0);
    }

    [Fact]
    public void Skills_that_come_later_are_near_what_was_learned()
    {
        SkillIndex learned = LearnedVectors.Update(SkillIndex.Of(Few), DenseMode.On);

        SkillIndex grown = learned.With([Wide]);

        Vectors(grown.WithVectors((LearnedWords)grown.Space!)).ShouldBe(Vectors(grown));
        new SkillRetriever(grown).Search(TopicSkills.Word(4, 7), new SkillSearchOptions { Limit = 11 }).ShouldContain(match => match.Skill.Id == Wide.Id);
        LearnedVectors.Update(grown, DenseMode.On).ShouldBeSameAs(grown);
    }

    [Fact]
    public void Vectors_go_with_their_skills()
    {
        SkillIndex learned = LearnedVectors.Update(SkillIndex.Of(Topics), DenseMode.On);
        Dictionary<string, string> before = Vectors(learned);

        SkillIndex changed = learned.Without(Topics.Take(100).Select(skill => skill.Id)).With(Topics.Take(40));

        Dictionary<string, string> after = Vectors(changed);
        after.Count.ShouldBe(180);
        after.ShouldAllBe(vector => before[vector.Key] == vector.Value);
    }

    [Fact]
    public void It_is_learned_anew_when_one_in_five_has_changed()
    {
        SkillIndex learned = LearnedVectors.Update(SkillIndex.Of(Topics), DenseMode.On);

        SkillIndex few = learned.Without(Topics.Take(39).Select(skill => skill.Id));
        LearnedVectors.Update(few, DenseMode.On).ShouldBeSameAs(few);
        SkillIndex many = few.Without(Topics.Skip(39).Take(5).Select(skill => skill.Id));
        SkillIndex again = LearnedVectors.Update(many, DenseMode.On);
        again.Space.ShouldNotBeSameAs(learned.Space);
        again.VectorLength.ShouldBe(49);
    }

    [Fact]
    public void The_same_skills_have_the_same_vectors()
    {
        Vectors(LearnedVectors.Update(SkillIndex.Of(Topics), DenseMode.On)).ShouldBe(Vectors(LearnedVectors.Update(SkillIndex.Of(Topics), DenseMode.On)));
    }

    [Fact]
    public void Copies_do_not_count()
    {
        Skill[] copies = [.. Enumerable.Range(0, 300).Select(i => Topics[0] with { Id = $"copy{i}" })];

        SkillIndex learned = LearnedVectors.Update(SkillIndex.Of([.. Topics, .. copies]), DenseMode.On);

        ((LearnedWords)learned.Space!).Words.ToArray().ShouldBe(((LearnedWords)LearnedVectors.Update(SkillIndex.Of(Topics), DenseMode.On).Space!).Words.ToArray());
        learned.VectorLength.ShouldBe(60);
    }

    [Fact]
    public void Progress_is_told_and_the_work_can_be_cancelled()
    {
        var told = new List<double>();
        LearnedVectors.Update(SkillIndex.Of(Topics), DenseMode.On, new Told(told));
        told.ShouldBeInOrder();
        told[^1].ShouldBe(1);

        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Should.Throw<OperationCanceledException>(() => LearnedVectors.Update(SkillIndex.Of(Topics), DenseMode.On, cancellationToken: cancelled.Token));
    }

    [Fact]
    public void A_pool_with_vectors_is_measured_with_them()
    {
        var pool = new EvaluationPool(SkillIndex.Of(Topics), EvaluationPool.SkillLadder);
        var tasks = Enumerable.Range(0, TopicSkills.Topics).Select(topic => new EvaluationTask($"{topic}", TopicSkills.Word(topic, 1), new HashSet<string> { $"{topic:0000}" }, new Dictionary<string, double>())).ToArray();

        EvaluationPool learned = pool.WithVectors(DenseMode.On, CancellationToken.None);
        var report = RetrievalReport.Of(learned, tasks, learned.Ladder, seed: 1, CancellationToken.None);

        report.Steps.Select(step => step.Recipe).ShouldBe(["names", "+ bodies", "+ query weights", "+ three views", "+ list", "+ set", "+ dense", "+ dense list"]);
        report.Steps[0].Hit1Gain.ShouldBeNull();
        report.Steps[^1].Recall20Gain!.Value.Mean.ShouldBe(report.Steps[^1].All.Recall20.Mean - report.Steps[4].All.Recall20.Mean, 1e-9);
        pool.WithVectors(DenseMode.Auto, CancellationToken.None).Ladder.Count.ShouldBe(6);
    }

    private static Dictionary<string, string> Vectors(SkillIndex index) => index.Segments.SelectMany(segment => segment.Skills
        .Select((skill, document) => (skill.Id, Vector: Convert.ToHexString([.. segment.Vectors!.Rows[document].ToArray().Select(value => (byte)value)]), IsGone: segment.Removed?[document] == true)))
        .Where(each => !each.IsGone).ToDictionary(each => each.Id, each => each.Vector);

    private sealed class Told(List<double> told) : IProgress<double>
    {
        public void Report(double value) => told.Add(value);
    }
}
