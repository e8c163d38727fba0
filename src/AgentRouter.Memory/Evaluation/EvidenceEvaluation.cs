using System.Diagnostics;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Index;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Storage;
using AgentRouter.Statistics;

namespace AgentRouter.Memory.Evaluation;

/// <summary>Measures how well evidence is found, as an agent would find it: everything is imported into a store, and each question asked there.</summary>
internal static class EvidenceEvaluation
{
    /// <summary>The questions of this category are about what nobody said; they are shown, but are not among all.</summary>
    public const string Adversarial = "adversarial";

    private const int GainDepth = 10;

    /// <summary>Gets the variants: words alone, and then one part more each time.</summary>
    public static IReadOnlyList<RankingVariant> Ladder { get; } =
    [
        Variant("seeds only", RankingParts.Words),
        Variant("+ walk", RankingParts.Walk),
        Variant("+ intent", RankingParts.Walk | RankingParts.Intent),
        Variant("+ meaning", RankingParts.Walk | RankingParts.Intent | RankingParts.Meaning),
        Variant("+ selection", RankingParts.All),
    ];

    /// <summary>Measures.</summary>
    /// <param name="sets">What is to be remembered, each in a scope of its own, and the questions.</param>
    /// <param name="store">An empty store.</param>
    /// <param name="variants">The variants.</param>
    /// <param name="depths">How many places count.</param>
    /// <param name="seed">The seed of the intervals.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Is told the share of the work that is done.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static async Task<EvidenceReport> RunAsync(
        IReadOnlyList<EvidenceSet> sets, IMemoryStore store, IReadOnlyList<RankingVariant> variants, IReadOnlyList<int> depths, int seed, TimeProvider time, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var asked = variants.Select(_ => new List<Answered>()).ToList();
        var times = new List<double>();
        int episodes = 0;
        for (int s = 0; s < sets.Count; s++)
        {
            EvidenceSet set = sets[s];
            OpenScope scope = await ImportAsync(set, store, s, time, cancellationToken).ConfigureAwait(false);
            await using (scope.Indexer.ConfigureAwait(false))
            {
                MemoryIndex index = await scope.Indexer.CatchUpAsync(cancellationToken).ConfigureAwait(false);
                episodes += index.Lengths.Count;
                DateTimeOffset now = AskedAt(set, time);
                for (int q = 0; q < set.Questions.Count; q++)
                {
                    for (int v = 0; v < variants.Count; v++)
                    {
                        long began = Stopwatch.GetTimestamp();
                        IReadOnlyList<string> found = await AskAsync(scope, index, set.Questions[q].Text, variants[v].How, depths.Max(), now, cancellationToken).ConfigureAwait(false);
                        if (v == variants.Count - 1)
                            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                        asked[v].Add(Answered.Of(set.Questions[q], found));
                    }

                    progress?.Report((s + ((q + 1.0) / set.Questions.Count)) / sets.Count);
                }
            }
        }

        times.Sort();
        var figures = new List<VariantFigures>();
        for (int v = 0; v < variants.Count; v++)
            figures.Add(Figures(variants[v].Name, asked[v], v == 0 ? null : asked[v - 1], depths, seed));
        return new EvidenceReport(sets.Count, episodes, figures, times.Count == 0 ? 0 : Quantile.OfSorted([.. times], 0.5));
    }

    private static RankingVariant Variant(string name, RankingParts parts) => new(name, new RankingOptions { Parts = parts });

    /// <summary>Remembers a set in a scope of its own.</summary>
    public static async Task<OpenScope> ImportAsync(EvidenceSet set, IMemoryStore store, int number, TimeProvider time, CancellationToken cancellationToken)
    {
        var scope = new MemoryScope(MemoryScopeKind.Project, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"evaluation-{number}"));
        IMemoryRecords records = (await store.OpenAsync(scope, create: true, cancellationToken).ConfigureAwait(false))!;
        var importer = new MemoryImporter(records, time);
        foreach (MemorySource source in set.Sources)
            await importer.ImportAsync(source, cancellationToken).ConfigureAwait(false);
        return new OpenScope(scope, records, new MemoryIndexer(records));
    }

    /// <summary>Gets when the questions of a set are asked: when the last thing was said.</summary>
    public static DateTimeOffset AskedAt(EvidenceSet set, TimeProvider time) => set.Sources.Max(source => source.Time) ?? time.GetUtcNow();

    private static async Task<IReadOnlyList<string>> AskAsync(OpenScope scope, MemoryIndex index, string question, RankingOptions how, int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var asked = new MemoryQuestion(question) { MaxItems = most, AskedAt = now };
        MemoryRecall recall = RecallSelection.Merge([await MemoryRecaller.RecallAsync(scope, index, asked, how, unseen: 0, now, cancellationToken).ConfigureAwait(false)], asked, how.Parts);
        return [.. recall.Items.Select(item => KeyOf(item.Node))];
    }

    // the item's own key, without its source
    private static string KeyOf(MemoryNode node) => node.Key[(node.Key.IndexOf(CheckedSource.ItemSign, StringComparison.Ordinal) + 1)..];

    private static VariantFigures Figures(string name, List<Answered> answers, List<Answered>? before, IReadOnlyList<int> depths, int seed)
    {
        Answered[] counted = [.. answers.Where(answer => answer.Category != Adversarial)];
        int gainDepth = depths.Where(depth => depth >= GainDepth).DefaultIfEmpty(depths.Max()).Min();
        RecallGain? gain = null;
        if (before is not null)
        {
            double[] differences = [.. answers.Zip(before).Where(pair => pair.First.Category != Adversarial).Select(pair => pair.First.RecallAt(gainDepth) - pair.Second.RecallAt(gainDepth))];
            gain = new RecallGain(gainDepth, differences.Average(), Bootstrap.OfMean(differences, seed));
        }

        return new VariantFigures(
            name,
            Figures(counted.Length > 0 ? counted : [.. answers], depths, seed),
            answers.GroupBy(answer => answer.Category).OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => Figures([.. group], depths, seed)),
            gain);
    }

    private static EvidenceFigures Figures(Answered[] answers, IReadOnlyList<int> depths, int seed) => new(
        answers.Length,
        [.. depths.Select(depth =>
        {
            double[] recalls = [.. answers.Select(answer => answer.RecallAt(depth))], all = [.. answers.Select(answer => answer.RecallAt(depth) >= 1 ? 1.0 : 0)];
            return new DepthFigures(depth, recalls.Average(), Bootstrap.OfMean(recalls, seed), all.Average(), Bootstrap.OfMean(all, seed));
        })],
        answers.Average(answer => answer.ReciprocalRank));

    private sealed record Answered(string Category, int Evidence, int[] Places)
    {
        public double ReciprocalRank => Places.Length == 0 ? 0 : 1.0 / (Places.Min() + 1);

        public static Answered Of(EvidenceQuestion question, IReadOnlyList<string> found) =>
            new(question.Category, question.Evidence.Count, [.. Enumerable.Range(0, found.Count).Where(place => question.Evidence.Contains(found[place]))]);

        public double RecallAt(int depth) => (double)Places.Count(place => place < depth) / Evidence;
    }
}
