using AgentRouter.Configuration;
using AgentRouter.Language.Ranking;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Storage;
using AgentRouter.Statistics;

namespace AgentRouter.Memory.Evaluation.Training;

/// <summary>Learns weights from questions of which the evidence is known, and measures what they bring on scopes that they were not learned from.</summary>
internal static class WeightTraining
{
    /// <summary>The fewest questions that are worth it: less is chance.</summary>
    public const int FewestQuestions = 30;

    private const int TurnDepth = 10;
    private const int PassageDepth = 5;

    // with fewer scopes than that, questions of the same scope are on both sides
    private const int FewestScopes = 3;
    private const int Folds = 5;

    /// <summary>Remembers sets and asks their questions.</summary>
    /// <param name="sets">What is to be remembered, each in a scope of its own, and the questions.</param>
    /// <param name="store">An empty store.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Is told the share of the work that is done.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static async Task<IReadOnlyList<TrainingQuestion>> AskAsync(
        IReadOnlyList<EvidenceSet> sets, IMemoryStore store, TimeProvider time, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var asked = new List<TrainingQuestion>();
        for (int s = 0; s < sets.Count; s++)
        {
            OpenScope scope = await EvidenceEvaluation.ImportAsync(sets[s], store, s, time, cancellationToken).ConfigureAwait(false);
            await using (scope.Indexer.ConfigureAwait(false))
            {
                // what nobody said has no evidence
                EvidenceQuestion[] questions = [.. sets[s].Questions.Where(question => question.Category != EvidenceEvaluation.Adversarial)];
                asked.AddRange(await TrainingQuestions.AskAsync(scope, s, questions, EvidenceEvaluation.AskedAt(sets[s], time), cancellationToken).ConfigureAwait(false));
            }

            progress?.Report((s + 1.0) / sets.Count);
        }

        return asked;
    }

    /// <summary>Learns.</summary>
    /// <param name="questions">The questions, with what was found for them.</param>
    /// <param name="seed">The seed of the folds and intervals.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="ConfigurationException">There are too few questions.</exception>
    public static WeightsTrained Train(IReadOnlyList<TrainingQuestion> questions, int seed, CancellationToken cancellationToken)
    {
        KindTrained? turns = Train(AnswerKind.Turn, questions, TurnScore.Names, new TurnScore().Weights, TurnDepth, seed, cancellationToken);
        KindTrained? passages = Train(AnswerKind.Passage, questions, PassageScore.Names, new PassageScore().Weights, PassageDepth, seed, cancellationToken);
        if (turns is null && passages is null)
            throw new ConfigurationException($"Weights are learned from {FewestQuestions} questions or more of which evidence is found; there are {questions.Count(question => question.List.Teaches)} of {questions.Count}.");
        return new WeightsTrained(turns, passages);
    }

    private static KindTrained? Train(
        AnswerKind kind, IReadOnlyList<TrainingQuestion> all, IReadOnlyList<string> names, double[] hand, int depth, int seed, CancellationToken cancellationToken)
    {
        TrainingQuestion[] questions = [.. all.Where(question => question.Kind == kind)];
        if (questions.Count(question => question.List.Teaches) < FewestQuestions)
            return null;
        double[] start = Scaled(hand, questions);
        bool byScope = questions.DistinctBy(question => question.Group).Count() >= FewestScopes;
        int[] fold = byScope ? [.. questions.Select(question => question.Group)] : ListwiseTraining.Folds(questions.Length, Folds, seed);
        var learned = new double[questions.Length][];
        foreach (int part in fold.Distinct())
        {
            (double[] weights, _) = ListwiseTraining.Fit([.. questions.Where((_, i) => fold[i] != part).Select(question => question.List)], start, seed, cancellationToken);
            for (int i = 0; i < questions.Length; i++)
            {
                if (fold[i] == part)
                    learned[i] = weights;
            }
        }

        (double[] final, double pull) = ListwiseTraining.Fit([.. questions.Select(question => question.List)], start, seed, cancellationToken);
        Placed[] before = [.. questions.Select(question => Placed.Of(question, hand, depth))], after = [.. questions.Zip(learned, (question, weights) => Placed.Of(question, weights, depth))];
        double scale = start[0] / hand[0];
        return new KindTrained(
            questions.Length, byScope ? fold.Distinct().Count() : null, depth, pull, names.Zip(final).ToDictionary(each => each.First, each => each.Second / scale),
            [
                Gain($"R@{depth}", each => each.Recall), Gain($"all@{depth}", each => each.Recall >= 1 ? 1 : 0), Gain("MRR", each => each.Reciprocal),
            ]);

        TrainedGain Gain(string figure, Func<Placed, double> of)
        {
            double[] differences = [.. after.Zip(before, (now, then) => of(now) - of(then))];
            return new TrainedGain(figure, before.Average(of), after.Average(of), differences.Average(), Bootstrap.OfMean(differences, seed));
        }
    }

    // the order by hand says nothing of how sure it is: it is given the sureness under which the evidence is likeliest
    private static double[] Scaled(double[] hand, TrainingQuestion[] questions)
    {
        FeatureList[] lists = [.. questions.Select(question => question.List)];
        double best = Enumerable.Range(0, 24).Select(step => Math.Pow(2, step / 3.0)).MinBy(scale => ListwiseFit.Loss(lists, [.. hand.Select(weight => weight * scale)]));
        return [.. hand.Select(weight => weight * best)];
    }

    private readonly record struct Placed(double Recall, double Reciprocal)
    {
        public static Placed Of(TrainingQuestion question, double[] weights, int depth)
        {
            if (!question.List.Teaches)
                return default;
            int[] places = [.. question.List.Ordered(weights).Select((row, place) => (row, place)).Where(each => question.List.Targets[each.row] > 0).Select(each => each.place)];
            return new Placed((double)places.Count(place => place < depth) / question.Evidence, 1.0 / (places[0] + 1));
        }
    }
}
