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
            .Text($"{data} and the same multiplied with mutations (every fifth line from another skill). Queries: {queries.Length}, of a median of {queries.Select(query => query.Length).Order().ElementAt(queries.Length / 2):N0} characters, each {(quick ? 3 : 10)} times in turn; one thread searches. Building counts words and inverts, without reading files. Vectors are learned from the {skills.Count:N0}; the others get theirs from what was learned. Memory is that of a process which has loaded the file and searched, the runtime's own with it.")
            .Header("skills", "build, skills/s", "index file, MB", "load, ms", "add one, ms p50", "p99", "search, ms p50", "p99", "memory, MB");
        int rounds = quick ? 3 : 10;
        SkillIndex index = SkillIndex.Empty;
        List<Skill> multiplied = SkillPool.Multiply(skills, skills.Count * 4, random);
        foreach (List<Skill> library in (List<Skill>[])[skills, multiplied])
        {
            SkillIndex.Of(library.Take(500));
            long began = Stopwatch.GetTimestamp();
            SkillIndex built = SkillIndex.Of(library);
            string speed = (library.Count / Stopwatch.GetElapsedTime(began).TotalSeconds).ToString("N0", CultureInfo.InvariantCulture);
            Measure(report, built, library, queries, rounds, speed);
            if (library == skills)
                index = built;
        }

        report.Header("skills, with vectors", "learn, s", "index file, MB", "load, ms", "add one, ms p50", "p99", "search, ms p50", "p99", "memory, MB");
        long started = Stopwatch.GetTimestamp();
        SkillIndex learned = LearnedVectors.Update(index, DenseMode.On);
        Measure(report, learned, skills, queries, rounds, Stopwatch.GetElapsedTime(started).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture));
        Measure(report, learned.With(multiplied.Skip(skills.Count)), multiplied, queries, rounds, "");
        report.Header("vectors, one byte a number", "compare one with all, ms p50", "GB/s", "copy of as much, GB/s");
        VectorScan.Measure(report, skills.Count * 4, learned.VectorLength, random, rounds: quick ? 20 : 200);
        return report;
    }

    /// <summary>Loads an index, searches it, and prints the memory of this process, in bytes.</summary>
    /// <param name="path">The index; beside it, with <c>.queries</c>, a query a line.</param>
    public static void PrintMemory(string path)
    {
        var retriever = new SkillRetriever(SkillIndexFile.Load(path));
        foreach (string query in File.ReadLines(path + ".queries"))
            retriever.Search(query, new SkillSearchOptions { Limit = 20 });
        Console.WriteLine(Environment.WorkingSet);
    }

    private static void Measure(Report report, SkillIndex index, List<Skill> skills, string[] queries, int rounds, string made)
    {
        string path = Path.GetTempFileName();
        SkillIndexFile.Save(index, path);
        long bytes = new FileInfo(path).Length;
        double[] loads = Times(rounds, _ => SkillIndexFile.Load(path));
        string memory = Mega(Memory(path, queries));
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

    private static long Memory(string path, string[] queries)
    {
        File.WriteAllLines(path + ".queries", queries.Select(query => query.ReplaceLineEndings(" ")));
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["skills", "--memory-of", path]) { RedirectStandardOutput = true })!;
        string printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        File.Delete(path + ".queries");
        return long.Parse(printed, CultureInfo.InvariantCulture);
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
