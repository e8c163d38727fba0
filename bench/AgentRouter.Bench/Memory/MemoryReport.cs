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
    private const int Questions = 300;
    private const int Batch = 500;
    private const int AtOnce = 2;
    private static readonly MemoryScope Scope = new(MemoryScopeKind.Project, "bench");

    public static async Task<Report> RunAsync(bool quick)
    {
        int nodes = quick ? 50_000 : 1_000_000;
        string folder = Directory.CreateTempSubdirectory("agentrouter-bench-").FullName;
        try
        {
            Report report = new Report("memory", "A memory of a million nodes")
                .Text("Made-up conversations of 24 turns of 22 words on average, words and names as frequent as they are in English (Zipf), imported through the importer without a model, two conversations at once, into one scope on disk: names, times, topics, edges, phrases for search. Questions are made of rare words of a turn that is there, and name its speaker. Opening is the first question of a new process' store: reading what is kept of the index, and answering. The last rows ask while conversations come in without a pause.");
            (int turns, double seconds, double importing) = await ImportAsync(folder, nodes).ConfigureAwait(false);
            MemoryStatistics statistics = await StatisticsAsync(folder).ConfigureAwait(false);
            report.Header("nodes", "edges", "turns", "turns/s, indexed and kept", "turns/s until written", "file, MB");
            report.Row(Whole(statistics.Nodes.Values.Sum()), Whole(statistics.Edges.Values.Sum()), Whole(turns), Whole(turns / seconds), Whole(turns / importing), Whole(statistics.Bytes / 1e6));
            (double open, double[] alone, double[] beside, double rate, long memory) = await AskAsync(folder, turns).ConfigureAwait(false);
            report.Header("open and first answer, s", "question, ms p50", "p95", "p99", "beside an import, ms p50", "p95", "turns/s meanwhile", "memory, MB");
            report.Row(open.ToString("0.00", CultureInfo.InvariantCulture), At(alone, 0.5), At(alone, 0.95), At(alone, 0.99), At(beside, 0.5), At(beside, 0.95), Whole(rate), Whole(memory / 1e6));
            return report;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(int Turns, double Seconds, double Importing)> ImportAsync(string folder, int nodes)
    {
        await using var store = new SqliteMemoryStore(folder);
        await using var memory = new GraphMemory(store);
        var talk = new MadeUpTalk(seed: 1);
        int turns = 0;
        long began = Stopwatch.GetTimestamp();
        // as programs do that have many files: the next one is read while the last one is written
        for (int number = 0; await LastNodeAsync(store).ConfigureAwait(false) < nodes; number += Batch)
        {
            MemorySource[] batch = [.. Enumerable.Range(number, Batch).Select(each => talk.Conversation(each, TurnsOfConversation))];
            await Parallel.ForEachAsync(batch, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                async (source, token) => await memory.ImportAsync(Scope, source, token).ConfigureAwait(false)).ConfigureAwait(false);
            turns += Batch * TurnsOfConversation;
        }

        double importing = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await memory.FlushAsync(Scope).ConfigureAwait(false);
        return (turns, Stopwatch.GetElapsedTime(began).TotalSeconds, importing);
    }

    private static async Task<long> LastNodeAsync(SqliteMemoryStore store) =>
        await store.OpenAsync(Scope, create: false).ConfigureAwait(false) is { } records ? (await records.ReadVersionAsync().ConfigureAwait(false)).Node : 0;

    private static async Task<MemoryStatistics> StatisticsAsync(string folder)
    {
        await using var store = new SqliteMemoryStore(folder);
        return await (await store.OpenAsync(Scope, create: false).ConfigureAwait(false))!.ReadStatisticsAsync().ConfigureAwait(false);
    }

    private static async Task<(double Open, double[] Alone, double[] Beside, double Rate, long Memory)> AskAsync(string folder, int turns)
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        long began = Stopwatch.GetTimestamp();
        await using var store = new SqliteMemoryStore(folder);
        await using var memory = new GraphMemory(store);
        await memory.RecallAsync(Scope, new MemoryQuestion("What did Anna say about the harbour?")).ConfigureAwait(false);
        double open = Stopwatch.GetElapsedTime(began).TotalSeconds;
        List<string> questions = await QuestionsAsync(store, new Random(2)).ConfigureAwait(false);
        foreach (string question in questions.Take(20))
            await memory.RecallAsync(Scope, new MemoryQuestion(question)).ConfigureAwait(false);
        double[] alone = await TimesAsync(memory, questions).ConfigureAwait(false);
        long workingSet = Environment.WorkingSet;

        using var ending = new CancellationTokenSource();
        int written = 0;
        long importBegan = Stopwatch.GetTimestamp();
        Task importing = Task.Run(async () =>
        {
            var talk = new MadeUpTalk(seed: 3);
            for (int number = turns; !ending.IsCancellationRequested; number++, written += TurnsOfConversation)
                await memory.ImportAsync(Scope, talk.Conversation(number, TurnsOfConversation)).ConfigureAwait(false);
        });
        double[] beside = await TimesAsync(memory, questions).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await importing.ConfigureAwait(false);
        return (open, alone, beside, written / Stopwatch.GetElapsedTime(importBegan).TotalSeconds, workingSet);
    }

    private static async Task<List<string>> QuestionsAsync(SqliteMemoryStore store, Random random)
    {
        IMemoryRecords records = (await store.OpenAsync(Scope, create: false).ConfigureAwait(false))!;
        MemoryVersion version = await records.ReadVersionAsync().ConfigureAwait(false);
        var questions = new List<string>();
        while (questions.Count < Questions)
        {
            IReadOnlyList<MemoryNode> nodes = await records.ReadNodesAsync([random.NextInt64(1, version.Node + 1)]).ConfigureAwait(false);
            if (nodes is not [{ Kind: MemoryNodeKind.Episode, Speaker: { } speaker } node])
                continue;
            string[] rare = [.. node.Text.TrimEnd('.', '?').Split(' ').Where(word => word.Length > 5).Distinct().Take(5)];
            if (rare.Length >= 3)
                questions.Add($"What did {speaker} say about {string.Join(' ', rare)}?");
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

    private static string Whole(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string At(double[] sorted, double share) => sorted[(int)((sorted.Length - 1) * share)].ToString("0.0", CultureInfo.InvariantCulture);
}
