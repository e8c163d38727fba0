using System.Diagnostics;
using System.Globalization;
using AgentRouter.Memory;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Storage.Sqlite;

namespace AgentRouter.Bench.Memory;

/// <summary>How fast a large memory takes in conversations, opens, and answers, also while it takes in more.</summary>
internal static class MemoryReport
{
    private const int TurnsOfConversation = 24;
    private const int PassagesOfDocument = 14;
    private const int Questions = 300;
    private const int Batch = 250;

    // as `agentrouter memory import` does
    private const int AtOnce = 8;
    private static readonly MemoryScope Scope = new(MemoryScopeKind.Project, "bench");

    public static async Task<Report> RunAsync(bool quick)
    {
        (int nodes, int edges) = quick ? (50_000, 250_000) : (1_000_000, 5_000_000);
        string folder = Directory.CreateTempSubdirectory("agentrouter-bench-").FullName;
        try
        {
            Report report = new Report("memory", "A memory of a million nodes and five million edges")
                .Text($"Made-up conversations of {TurnsOfConversation} turns of 22 words and as many documents of {PassagesOfDocument} passages of 90 words (means), words and names as frequent as they are in English (Zipf), taken in by the importer without a model, {AtOnce} at once, into one scope on disk: names, times, topics, edges, phrases for search. Making the texts is not counted. Indexing for search is done at the end and counted apart; a program that is asked meanwhile indexes as it goes. Questions are made of rare words of a turn that is there, and name its speaker, or of words and the subject of a passage, half and half. Opening is the first question of a new process' store: reading what is kept of the index, and answering. The last figures are of the same questions while conversations come in without a pause.");
            Taken taken = await ImportAsync(folder, nodes, edges).ConfigureAwait(false);
            MemoryStatistics statistics = await StatisticsAsync(folder).ConfigureAwait(false);
            report.Header("nodes", "edges", "turns", "passages", "turns/s", "passages/s", "indexing after it, s", "file, MB");
            report.Row(Whole(statistics.Nodes.Values.Sum()), Whole(statistics.Edges.Values.Sum()), Whole(taken.Turns), Whole(taken.Passages), Whole(taken.Turns / taken.OfTurns.TotalSeconds), Whole(taken.Passages / taken.OfPassages.TotalSeconds), One(taken.Indexing.TotalSeconds), Whole(statistics.Bytes / 1e6));
            long memory = MemoryOfAnother(folder);
            (double open, double[] alone, double[] beside, double rate) = await AskAsync(folder, taken.Sources).ConfigureAwait(false);
            report.Header("open and first answer, s", "question, ms p50", "p95", "p99", "beside an import, ms p50", "p95", "turns/s meanwhile");
            report.Row(open.ToString("0.00", CultureInfo.InvariantCulture), At(alone, 0.5), At(alone, 0.95), At(alone, 0.99), At(beside, 0.5), At(beside, 0.95), Whole(rate));
            report.Header("memory of a process that asks, MB", "most of the one that took in and indexed, MB");
            report.Row(Whole(memory / 1e6), Whole(taken.MostMemory / 1e6));
            return report;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Asks as many questions as are timed, and prints the memory that this process has then.</summary>
    /// <param name="folder">The memory's folder.</param>
    public static async Task PrintMemoryAsync(string folder)
    {
        await using var store = new SqliteMemoryStore(folder);
        await using var memory = new GraphMemory(store);
        await TimesAsync(memory, await QuestionsAsync(store, new Random(2)).ConfigureAwait(false)).ConfigureAwait(false);
        Console.WriteLine(Environment.WorkingSet);
    }

    // what this process needed to take in would be counted
    private static long MemoryOfAnother(string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["memory", "--memory-of", folder]) { RedirectStandardOutput = true })!;
        string printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return long.Parse(printed, CultureInfo.InvariantCulture);
    }

    private static async Task<Taken> ImportAsync(string folder, int nodes, int edges)
    {
        await using var store = new SqliteMemoryStore(folder);
        await using var memory = new GraphMemory(store);
        var talk = new MadeUpTalk(seed: 1);
        var taken = new Taken();
        while (await VersionAsync(store).ConfigureAwait(false) is { } version && (version.Node < nodes || version.Edge < edges))
        {
            int first = taken.Sources;
            taken.OfTurns += await TakeInAsync(memory, [.. Enumerable.Range(first, Batch).Select(number => talk.Conversation(number, TurnsOfConversation))]).ConfigureAwait(false);
            taken.OfPassages += await TakeInAsync(memory, [.. Enumerable.Range(first, Batch).Select(number => talk.Document(number, PassagesOfDocument))]).ConfigureAwait(false);
            taken.Sources += Batch;
        }

        long began = Stopwatch.GetTimestamp();
        await memory.FlushAsync(Scope).ConfigureAwait(false);
        taken.Indexing = Stopwatch.GetElapsedTime(began);
        using var process = Process.GetCurrentProcess();
        taken.MostMemory = process.PeakWorkingSet64;
        return taken;
    }

    private static async Task<TimeSpan> TakeInAsync(GraphMemory memory, MemorySource[] sources)
    {
        long began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(sources, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (source, token) => await memory.ImportAsync(Scope, source, token).ConfigureAwait(false)).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(began);
    }

    private static async Task<MemoryVersion> VersionAsync(SqliteMemoryStore store) =>
        await store.OpenAsync(Scope, create: false).ConfigureAwait(false) is { } records ? await records.ReadVersionAsync().ConfigureAwait(false) : default;

    private static async Task<MemoryStatistics> StatisticsAsync(string folder)
    {
        await using var store = new SqliteMemoryStore(folder);
        return await (await store.OpenAsync(Scope, create: false).ConfigureAwait(false))!.ReadStatisticsAsync().ConfigureAwait(false);
    }

    private static async Task<(double Open, double[] Alone, double[] Beside, double Rate)> AskAsync(string folder, int sources)
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        long began = Stopwatch.GetTimestamp();
        await using var store = new SqliteMemoryStore(folder);
        await using var memory = new GraphMemory(store);
        await memory.RecallAsync(Scope, new MemoryQuestion("What did Anna say about the harbour?")).ConfigureAwait(false);
        double open = Stopwatch.GetElapsedTime(began).TotalSeconds;
        List<string> questions = await QuestionsAsync(store, new Random(2)).ConfigureAwait(false);
        foreach (string question in questions.Take(100))
            await memory.RecallAsync(Scope, new MemoryQuestion(question)).ConfigureAwait(false);
        double[] alone = await TimesAsync(memory, questions).ConfigureAwait(false);

        using var ending = new CancellationTokenSource();
        int written = 0;
        long importBegan = Stopwatch.GetTimestamp();
        Task importing = Task.Run(async () =>
        {
            var talk = new MadeUpTalk(seed: 3);
            for (int number = sources; !ending.IsCancellationRequested; number++, written += TurnsOfConversation)
                await memory.ImportAsync(Scope, talk.Conversation(number, TurnsOfConversation)).ConfigureAwait(false);
        });
        double[] beside = await TimesAsync(memory, questions).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await importing.ConfigureAwait(false);
        return (open, alone, beside, written / Stopwatch.GetElapsedTime(importBegan).TotalSeconds);
    }

    private static async Task<List<string>> QuestionsAsync(SqliteMemoryStore store, Random random)
    {
        IMemoryRecords records = (await store.OpenAsync(Scope, create: false).ConfigureAwait(false))!;
        MemoryVersion version = await records.ReadVersionAsync().ConfigureAwait(false);
        var questions = new List<string>();
        while (questions.Count < Questions)
        {
            IReadOnlyList<MemoryNode> nodes = await records.ReadNodesAsync([random.NextInt64(1, version.Node + 1)]).ConfigureAwait(false);
            if (nodes is not [{ Kind: MemoryNodeKind.Episode } node] || node.Speaker is null != (questions.Count % 2 == 0))
                continue;
            string[] rare = [.. node.Text.TrimEnd('.', '?').Split(' ').Where(word => word.Length > 5).Distinct().Take(5)];
            if (rare.Length >= 3)
                questions.Add(node.Speaker is { } speaker ? $"What did {speaker} say about {string.Join(' ', rare)}?" : $"Which {rare[^1]} was {string.Join(' ', rare[..^1])} of {node.Title}?");
        }

        return questions;
    }

    private static async Task<double[]> TimesAsync(GraphMemory memory, List<string> questions)
    {
        var times = new double[questions.Count];
        for (int i = 0; i < times.Length; i++)
        {
            long began = Stopwatch.GetTimestamp();
            await memory.RecallAsync(Scope, new MemoryQuestion(questions[i])).ConfigureAwait(false);
            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        Array.Sort(times);
        return times;
    }

    private static string One(double number) => number.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Whole(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string At(double[] sorted, double share) => sorted[(int)((sorted.Length - 1) * share)].ToString("0.0", CultureInfo.InvariantCulture);

    // conversations and documents are as many as sources
    private sealed class Taken
    {
        public int Sources { get; set; }

        public int Turns => Sources * TurnsOfConversation;

        public int Passages => Sources * PassagesOfDocument;

        public TimeSpan OfTurns { get; set; }

        public TimeSpan OfPassages { get; set; }

        public TimeSpan Indexing { get; set; }

        public long MostMemory { get; set; }
    }
}
