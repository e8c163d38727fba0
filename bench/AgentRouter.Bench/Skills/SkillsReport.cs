using System.Diagnostics;
using System.Globalization;
using AgentRouter.Skills;
using AgentRouter.Skills.Dense;
using AgentRouter.Skills.Evaluation;
using AgentRouter.Skills.Index;
using AgentRouter.Skills.Index.Files;
using AgentRouter.Skills.Retrieval;

namespace AgentRouter.Bench.Skills;

/// <summary>How fast a library of skills is indexed, loaded, changed and searched.</summary>
internal static class SkillsReport
{
    private const int QueryLength = 1_200;
    private const int MadeUpQueries = 100;

    public static async Task<Report> RunAsync(bool quick, string? pool, string? tasks)
    {
        var random = new Random(1);
        List<Skill> skills = pool is null ? SkillPool.MakeUp(quick ? 2_000 : 20_000, random) : await SkillPool.ReadAsync(pool).ConfigureAwait(false);
        string[] queries = tasks is null
            ? [.. Enumerable.Range(0, MadeUpQueries).Select(_ => Passage(skills[random.Next(skills.Count)].Body))]
            : [.. (await TaskReader.ReadAsync(tasks, CancellationToken.None).ConfigureAwait(false)).Select(task => task.Query)];
        string data = pool is null ? "Made-up skills of 4,600 characters" : $"{skills.Count:N0} public skills, their bodies cut at 8,000 characters,";
        Report report = new Report("skills", "A library of skills")
            .Text($"{data} and the same multiplied with mutations (every fifth line from another skill). Queries: {queries.Length}, of a median of {queries.Select(query => query.Length).Order().ElementAt(queries.Length / 2):N0} characters, each {(quick ? 3 : 10)} times in turn; one thread searches. Building counts words and inverts, without reading files.")
            .Header("skills", "build, skills/s", "index file, MB", "load, ms", "add one, ms p50", "p99", "search, ms p50", "p99", "memory of the index, MB");
        foreach (int count in (int[])[skills.Count, skills.Count * 4])
            Measure(report, SkillPool.Multiply(skills, count, random), queries, rounds: quick ? 3 : 10);
        report.Header("skills, with vectors", "learn, s", "index file, MB", "load, ms", "add one, ms p50", "p99", "search, ms p50", "p99", "");
        SkillIndex learned = Learned(report, skills, queries, rounds: quick ? 3 : 10);
        report.Header("vectors, one byte a number", "compare one with all, ms p50", "GB/s", "copy of as much, GB/s");
        VectorScan.Measure(report, skills.Count * 4, learned.VectorLength, random, rounds: quick ? 20 : 200);
        return report;
    }

    private static SkillIndex Learned(Report report, List<Skill> skills, string[] queries, int rounds)
    {
        var index = SkillIndex.Of(skills);
        long began = Stopwatch.GetTimestamp();
        SkillIndex learned = LearnedVectors.Update(index, DenseMode.On);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        MeasureIndex(report, learned, skills, queries, rounds, seconds.ToString("0.0", CultureInfo.InvariantCulture), memory: "");
        return learned;
    }

    private static void Measure(Report report, List<Skill> skills, string[] queries, int rounds)
    {
        SkillIndex.Of(skills.Take(500));
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long began = Stopwatch.GetTimestamp();
        SkillIndex index = SkillIndex.Of(skills);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        long memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        MeasureIndex(report, index, skills, queries, rounds, (skills.Count / seconds).ToString("N0", CultureInfo.InvariantCulture), Mega(memory));
    }

    private static void MeasureIndex(Report report, SkillIndex index, List<Skill> skills, string[] queries, int rounds, string made, string memory)
    {
        string path = Path.GetTempFileName();
        SkillIndexFile.Save(index, path);
        long bytes = new FileInfo(path).Length;
        double[] loads = Times(rounds, _ => SkillIndexFile.Load(path));
        File.Delete(path);

        SkillIndex grown = index;
        double[] adds = Times(rounds * 30, i =>
        {
            Skill skill = skills[i * 17 % skills.Count];
            grown = grown.With([skill with { Id = "new" + i.ToString(CultureInfo.InvariantCulture), Name = skill.Name + "-new" }]);
        });
        var retriever = new SkillRetriever(index);
        var options = new SkillSearchOptions { Limit = 20 };
        foreach (string query in queries)
            retriever.Search(query, options);
        double[] searches = Times(rounds * queries.Length, i => retriever.Search(queries[i % queries.Length], options));
        report.Row(skills.Count.ToString("N0", CultureInfo.InvariantCulture), made, Mega(bytes),
            At(loads, 0.5), At(adds, 0.5), At(adds, 0.99), At(searches, 0.5), At(searches, 0.99), memory);
    }

    private static double[] Times(int count, Action<int> action)
    {
        double[] milliseconds = new double[count];
        for (int i = 0; i < count; i++)
        {
            long began = Stopwatch.GetTimestamp();
            action(i);
            milliseconds[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        return milliseconds;
    }

    private static string Passage(string body) => body[..Math.Min(body.Length, QueryLength)];

    private static string Mega(long bytes) => (bytes / 1e6).ToString("N0", CultureInfo.InvariantCulture);

    private static string At(double[] sorted, double share) => sorted[(int)((sorted.Length - 1) * share)].ToString("0.0", CultureInfo.InvariantCulture);
}
