using AgentRouter.Configuration;
using AgentRouter.Language.Ranking;
using AgentRouter.Memory.Evaluation;
using AgentRouter.Memory.Evaluation.Training;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Tests.Support;

namespace AgentRouter.Memory.Tests.Evaluation.Training;

public sealed class WeightTrainingTests
{
    private const int Speaker = 2;

    [Fact]
    public void What_tells_evidence_from_the_rest_is_learned_and_measured_on_what_it_was_not_learned_from()
    {
        WeightsTrained trained = WeightTraining.Train([.. Enumerable.Range(0, 60).Select(i => Question(i, group: i % 4, decides: Speaker))], seed: 1, CancellationToken.None);

        trained.Turns.ShouldNotBeNull().Scopes.ShouldBe(4);
        trained.Turns.Weights["speaker"].ShouldBeGreaterThan(1);
        trained.Turns.IsBetter.ShouldBeTrue();
        TrainedGain mrr = trained.Turns.Gains.Single(gain => gain.Figure == "MRR");
        mrr.Learned.ShouldBeGreaterThan(mrr.Hand + 0.2);
        trained.Passages.ShouldBeNull();
        trained.Weights(always: false).Turns["speaker"].ShouldBe(trained.Turns.Weights["speaker"], 1e-5);
    }

    [Fact]
    public void What_is_chance_is_not_taken()
    {
        var random = new Random(5);
        WeightsTrained trained = WeightTraining.Train([.. Enumerable.Range(0, 60).Select(_ => Chance(random))], seed: 1, CancellationToken.None);

        trained.Turns.ShouldNotBeNull().Scopes.ShouldBeNull();
        trained.IsBetter.ShouldBeFalse();
        trained.Weights(always: false).Turns["speaker"].ShouldBe(0.25, 1e-6);
        trained.Weights(always: true).Turns["speaker"].ShouldBe(trained.Turns.Weights["speaker"], 1e-5);
    }

    [Fact]
    public void The_same_questions_and_seed_learn_the_same()
    {
        double[] Learn() => [.. WeightTraining.Train([.. Enumerable.Range(0, 40).Select(i => Question(i, group: i % 5, decides: Speaker))], seed: 3, CancellationToken.None).Turns!.Weights.Values];

        Learn().ShouldBe(Learn());
    }

    [Fact]
    public void Too_few_questions_teach_nothing() =>
        Should.Throw<ConfigurationException>(() => WeightTraining.Train([.. Enumerable.Range(0, 29).Select(i => Question(i, 0, Speaker))], seed: 1, CancellationToken.None))
            .Message.ShouldBe("Weights are learned from 30 questions or more of which evidence is found; there are 29 of 29.");

    [Fact]
    public async Task Questions_are_asked_of_what_is_remembered_and_what_nobody_said_is_not_asked()
    {
        var set = new EvidenceSet(
            "talk",
            [new MemorySource { Key = "s1", Items = [new MemoryItem { Key = "a", Speaker = "Anna", Text = "I adopted a puppy." }, new MemoryItem { Key = "b", Speaker = "Ben", Text = "The sun is out." }] }],
            [
                new EvidenceQuestion("1", "Which puppy did Anna adopt?", "single-hop", new HashSet<string> { "a" }),
                new EvidenceQuestion("2", "Which cat did Anna adopt?", EvidenceEvaluation.Adversarial, new HashSet<string> { "a" }),
            ]);

        IReadOnlyList<TrainingQuestion> asked = await WeightTraining.AskAsync([set], new InMemoryStore(), TimeProvider.System, progress: null, CancellationToken.None);

        TrainingQuestion question = asked.ShouldHaveSingleItem();
        question.Kind.ShouldBe(AnswerKind.Turn);
        question.List.Teaches.ShouldBeTrue();
        question.List.Targets[0].ShouldBe(1);
        question.List.Features[0].Length.ShouldBe(TurnScore.Names.Count);
    }

    // by hand the evidence is third, and one number puts it first
    private static TrainingQuestion Question(int number, int group, int decides)
    {
        double[][] features = [.. Enumerable.Range(0, 6).Select(row => new[] { 0.5 - (0.02 * row) + (0.001 * number), 0, 0, 0, 0, 0, 0, 0 })];
        features[2][decides] += 0.05;
        return new TrainingQuestion(group, AnswerKind.Turn, FeatureList.Of(features, [.. Enumerable.Range(0, 6).Select(row => row == 2)]), Evidence: 1);
    }

    // nothing tells the evidence from the rest
    private static TrainingQuestion Chance(Random random)
    {
        double[][] features = [.. Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, TurnScore.Names.Count).Select(_ => random.NextDouble()).ToArray())];
        int evidence = random.Next(6);
        return new TrainingQuestion(0, AnswerKind.Turn, FeatureList.Of(features, [.. Enumerable.Range(0, 6).Select(row => row == evidence)]), Evidence: 1);
    }
}
