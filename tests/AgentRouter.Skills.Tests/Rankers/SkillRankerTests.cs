using AgentRouter.Configuration;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Evaluation;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Rankers;
using AgentRouter.Skills.Rankers.Training;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Tests.Support;

namespace AgentRouter.Skills.Tests.Rankers;

public sealed class SkillRankerTests : IDisposable
{
    private const string Card = "\"card\": {}, ";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_feature_has_a_name_and_nearly_all_are_shares()
    {
        SkillIndex index = SkillIndex.Of(RandomSkills.Many(300, seed: 3));
        const string query = "Write a test report with a chart for `json`. Then parse the video and the audio of the model page.";
        using var scores = QueryScores.Of(index, query, null, CancellationToken.None);
        int[] documents = [.. ListFiller.Fill(scores, query, 40, null, CancellationToken.None).Select(skill => skill.Document)];

        double[][] features = RankerFeatures.Of(scores, query, documents, CancellationToken.None);

        string[] names = [.. RankerFeatures.NamesOf(index)];
        names.ShouldBeUnique();
        features.Length.ShouldBe(40);
        features.ShouldAllBe(row => row.Length == names.Length && row.All(value => double.IsFinite(value) && value >= 0 && value <= 1.01));
        features[0][0].ShouldBe(1);
        features.Select(row => row[Array.IndexOf(names, "best sentence")]).Max().ShouldBe(1, 1e-6);
    }

    [Fact]
    public void The_features_of_an_index_with_vectors_have_nearness()
    {
        SkillIndex index = LearnedVectors.Update(SkillIndex.Of(TopicSkills.Many(400, seed: 2)), DenseMode.On);

        RankerFeatures.NamesOf(index).ShouldContain("nearness");
        string query = $"{TopicSkills.Word(1, 1)} {TopicSkills.Word(1, 2)} {TopicSkills.Word(1, 3)}";
        new SkillRetriever(index, ranker: SkillRanker.Of(new Dictionary<string, double> { ["nearness"] = 1 })).Search(query).ShouldNotBeEmpty();
    }

    [Fact]
    public void The_weights_make_the_order_and_a_match_says_so()
    {
        SkillIndex index = SkillIndex.Of(
        [
            TestSkills.Of("tea", "Makes tea.", "Boil water."),
            TestSkills.Of("long-tea", "Explains it at length.", "Boil water for tea. " + string.Join(' ', Enumerable.Range(0, 200).Select(i => $"word{i}"))),
        ]);

        SkillMatch[] plain = [.. new SkillRetriever(index).Search("boil tea")];
        SkillMatch[] ranked = [.. new SkillRetriever(index, ranker: SkillRanker.Of(new Dictionary<string, double> { ["length"] = 1 })).Search("boil tea")];

        plain.Select(match => match.Skill.Name).ShouldBe(["tea", "long-tea"]);
        ranked.Select(match => match.Skill.Name).ShouldBe(["long-tea", "tea"]);
        ranked.ShouldAllBe(match => match.Reason == MatchReason.Ranker);
        new SkillRetriever(index, ranker: SkillRanker.Of(new Dictionary<string, double> { ["score"] = 1, ["of another version"] = 9 })).Search("boil tea").Select(match => match.Skill.Name).ShouldBe(["tea", "long-tea"]);
    }

    [Fact]
    public void What_tasks_show_is_learned_and_the_same_tasks_give_the_same_ranker()
    {
        // of two skills with the words of a task the longer one is right
        SkillIndex index = SkillIndex.Of(Enumerable.Range(0, 36).SelectMany(i => (Skill[])
        [
            TestSkills.Of($"short{i}", $"Handles topic{i}.", $"topic{i} item{i}"),
            TestSkills.Of($"long{i}", "Handles something.", $"topic{i} item{i} " + string.Join(' ', Enumerable.Range(0, 80).Select(word => $"w{word}x{i % 7}"))),
        ]));
        EvaluationTask[] tasks = [.. Enumerable.Range(0, 36).Select(i => Task($"topic{i} item{i}", index.Find($"long{i}")[0].Id))];

        RankerTrained trained = RankerTraining.Train(index, tasks, folds: 2, seed: 3, CancellationToken.None);

        trained.Recipe.Hit1.Mean.ShouldBeLessThan(0.2);
        trained.Ranker.Hit1.Mean.ShouldBeGreaterThan(0.9);
        trained.IsBetter.ShouldBeTrue();
        trained.Weights["length"].ShouldBeGreaterThan(0);
        RankerTraining.Train(index, tasks, folds: 2, seed: 3, CancellationToken.None).Weights.ShouldBe(trained.Weights);
    }

    [Fact]
    public void Where_tasks_show_nothing_new_the_ranker_is_not_better()
    {
        SkillIndex index = SkillIndex.Of(RandomSkills.Many(60, seed: 9));
        var random = new Random(4);
        IndexedSkill[] skills = [.. index.Skills];
        EvaluationTask[] tasks = [.. Enumerable.Range(0, 36).Select(_ => Task("test build report team", skills[random.Next(skills.Length)].Id))];

        RankerTraining.Train(index, tasks, folds: 2, seed: 3, CancellationToken.None).IsBetter.ShouldBeFalse();
        Should.Throw<ConfigurationException>(() => RankerTraining.Train(index, tasks[..10], folds: 2, seed: 3, CancellationToken.None)).Message.ShouldBe("A ranker is trained and measured on 30 tasks or more that need a skill of the pool; there are 10.");
    }

    [Fact]
    public void A_file_is_read_back_as_it_was_written()
    {
        string path = Path.Combine(_folder.Path, "ranker.json");
        RankerFile.Write(path, new Dictionary<string, double> { ["score"] = 9.87654321, ["view: fields"] = -1 }, new RankerCard("pool", 40, 1, 0.1, new RankerGain(0.5, 0.6, 0.01, 0.2)));

        SkillRanker.Load(path).Weights.ShouldBe(new Dictionary<string, double> { ["score"] = 9.8765, ["view: fields"] = -1 });
        File.ReadAllText(path).ShouldStartWith("{\n  \"format\": \"agentrouter.skill-ranker/1\"");
        Directory.GetFiles(_folder.Path).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("", ":1: the ranker is not JSON")]
    [InlineData("{\n\"format\": }", ":2: the ranker is not JSON")]
    [InlineData("[]", "its 'format' is not")]
    [InlineData("{\"format\": \"agentrouter.skill-ranker/2\"}", "another version of AgentRouter wrote it")]
    [InlineData("{\"format\": \"agentrouter.skill-ranker/1\"}", "it has no object 'weights'")]
    [InlineData("{\"format\": \"agentrouter.skill-ranker/1\", " + Card + "\"weights\": {\"score\": \"high\"}}", "the weight 'score' is not a number")]
    [InlineData("{\"format\": \"agentrouter.skill-ranker/1\", " + Card + "\"weights\": {\"score\": 1e300}}", "the weight 'score' is not a number")]
    [InlineData("{\"format\": \"agentrouter.skill-ranker/1\", " + Card + "\"weights\": {\"score\": 1, \"score\": 2}}", "is not JSON")]
    public void What_is_no_ranker_is_said(string text, string message) =>
        Should.Throw<ConfigurationException>(() => SkillRanker.Load(_folder.Write("bad.json", text))).Message.ShouldContain(message);

    [Fact]
    public void A_ranker_that_is_not_there_is_said() =>
        Should.Throw<ConfigurationException>(() => SkillRanker.Load(Path.Combine(_folder.Path, "none.json"))).Message.ShouldContain("'agentrouter skills train' makes one");

    private static EvaluationTask Task(string query, string id) => new("t", query, new HashSet<string> { id }, new Dictionary<string, double> { [id] = 1 });
}
