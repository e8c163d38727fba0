using System.Diagnostics;
using System.Globalization;
using System.Text;
using AgentRouter.Routing.Learning;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Bench;

/// <summary>How long a trained predictor takes for a prompt: text features, two regressions, 128 trees. It is trained on made-up tasks of
/// made-up words, as many as a large table has, so that vocabulary and trees have the size they have in use.</summary>
internal static class DecideReport
{
    private const int TrainingRows = 3_000;
    private const int Words = 20_000;
    private const int CharactersPerToken = 4;
    private const int Prompts = 64;

    public static Report Run(int predictions)
    {
        var random = new Random(1);
        string[] words = [.. Enumerable.Range(0, Words).Select(_ => Word(random))];
        var predictor = SuccessPredictor.Train(Table(words, random), ["small", "large"], new SuccessPredictorOptions(), seed: 1);
        Report report = new Report("decide", "One prediction of a trained policy")
            .Text($"`SuccessPredictor.Predict` for two models: {predictor.Space.Words.Hashes.Length:N0} known words and word pairs, {predictor.Forest.Trees.Count} trees with")
            .Text($"{predictor.Forest.Trees.Sum(tree => tree.Features.Length):N0} nodes, trained on {TrainingRows:N0} made-up tasks. {Prompts} prompts of each length in turn; one thread.")
            .Header("prompt", "predictions", "p50, µs", "p99, µs", "p99.9, µs", "bytes allocated in all");
        foreach ((int tokens, int count) in ((int, int)[])[(100, predictions / 10), (1_000, predictions / 10), (4_000, predictions), (32_000, predictions / 10)])
        {
            string[] prompts = [.. Enumerable.Range(0, Prompts).Select(_ => Prompt(words, random, tokens * CharactersPerToken))];
            (double[] microseconds, long bytes) = Measure(predictor, prompts, count);
            report.Row($"{tokens:N0} tokens", count.ToString("N0", CultureInfo.InvariantCulture), At(microseconds, 0.5), At(microseconds, 0.99), At(microseconds, 0.999), bytes.ToString("N0", CultureInfo.InvariantCulture));
        }

        return report;
    }

    private static (double[] Microseconds, long Bytes) Measure(SuccessPredictor predictor, string[] prompts, int predictions)
    {
        double[] success = new double[2];
        long[] ticks = new long[predictions];
        for (int i = 0; i < Math.Min(predictions, 20_000); i++)
            predictor.Predict(prompts[i % prompts.Length], "group 1", "", success);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < predictions; i++)
        {
            long began = Stopwatch.GetTimestamp();
            predictor.Predict(prompts[i % prompts.Length], "group 1", "", success);
            ticks[i] = Stopwatch.GetTimestamp() - began;
        }

        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        double[] microseconds = Array.ConvertAll(ticks, tick => tick * 1e6 / Stopwatch.Frequency);
        Array.Sort(microseconds);
        return (microseconds, bytes);
    }

    private static string At(double[] sorted, double share) => sorted[(int)((sorted.Length - 1) * share)].ToString("0.0", CultureInfo.InvariantCulture);

    private static OutcomeTable Table(string[] words, Random random) => new([.. Enumerable.Range(0, TrainingRows).Select(i => new OutcomeRow
    {
        Id = i.ToString(CultureInfo.InvariantCulture),
        Group = $"group {i % 10}",
        Prompt = Prompt(words, random, random.Next(100, 1_000)),
        Models = new Dictionary<string, ModelOutcome>
        {
            ["small"] = new() { Score = random.Next(2) },
            ["large"] = new() { Score = random.Next(4) > 0 ? 1 : 0 },
        },
    })]);

    // a few words are in most prompts, most words in few, as in any language
    private static string Prompt(string[] words, Random random, int characters)
    {
        var prompt = new StringBuilder();
        while (prompt.Length < characters)
        {
            string word = words[(int)(words.Length * Math.Pow(random.NextDouble(), 6))];
            prompt.Append(random.Next(20) == 0 ? random.Next(1_000).ToString(CultureInfo.InvariantCulture) : word).Append(random.Next(12) switch { 0 => ". ", 1 => ", ", 2 => "?\n", _ => " " });
        }

        return prompt.ToString(0, characters);
    }

    private static string Word(Random random)
    {
        var word = new StringBuilder();
        for (int length = random.Next(2, 10); length > 0; length--)
            word.Append((char)('a' + random.Next(26)));
        return word.ToString();
    }
}
