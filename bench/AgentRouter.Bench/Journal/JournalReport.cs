using System.Globalization;
using AgentRouter.Configuration;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite;

namespace AgentRouter.Bench.Journal;

/// <summary>What the journal costs a step and leaves on the disk, beside the JSON checkpoint store of Microsoft.Agents.AI.Workflows in the same run.</summary>
internal static class JournalReport
{
    private const int Steps = 1_000;
    private const int PeerSteps = 100;
    private const int Warmups = 5;
    private const int Siblings = 4;
    private const int Waiting = 10_000;

    private static readonly int[] States = [0, 16 << 10, 256 << 10];

    public static async Task<Report> RunAsync(int rounds)
    {
        Report report = new Report("journal", "Journal")
            .Text($"A loop of {Steps:N0} steps after a node whose output, the state, is kept in the run and not touched. A *node* step visits a node that only chooses the way on, which")
            .Text("is what the other engine's step does here; a *call* step is an agent node with one routed and budgeted LLM call, which is written down before it goes out and when it")
            .Text($"is answered. Microsoft.Agents.AI.Workflows 1.28.0: two executors that hand a number to each other, {PeerSteps} supersteps, its JSON file store (it never waits for the disk).")
            .Text($"Median of {rounds} rounds in which all of them take turns ({rounds / 3} for call steps), after {Warmups} that are not counted. Time is µs a step, all of the engine included.");
        var measured = new Dictionary<(LoopStep Step, int State), Figures>();
        report.Header("step", "state", "no storage", "memory", "async", "sync", "theirs", "theirs / async");
        foreach (LoopStep step in Enum.GetValues<LoopStep>())
        {
            foreach (int state in States)
            {
                Figures figures = measured[(step, state)] = await MeasureAsync(step, state, step == LoopStep.Node ? rounds : rounds / 3).ConfigureAwait(false);
                report.Row(step.ToString().ToLowerInvariant(), $"{state >> 10} KiB", Micro(figures.Bare), Micro(figures.Of(RunDurability.Memory)), Micro(figures.Of(RunDurability.Async)), Micro(figures.Of(RunDurability.Sync)),
                    step == LoopStep.Node ? Micro(figures.Peer) : "", step == LoopStep.Node ? (Median(figures.Peer) / Median(figures.Of(RunDurability.Async))).ToString("0.0", CultureInfo.InvariantCulture) : "");
            }
        }

        report.Text("").Text($"Bytes on the disk for {Steps:N0} steps (theirs: from {PeerSteps} steps).").Header("step", "0 KiB", "16 KiB", "256 KiB");
        foreach (LoopStep step in Enum.GetValues<LoopStep>())
            report.Row([step.ToString().ToLowerInvariant(), .. States.Select(state => Number(measured[(step, state)].Bytes))]);
        report.Row(["theirs", .. States.Select(state => Number(measured[(LoopStep.Node, state)].PeerBytes * Steps / PeerSteps))]);
        await CountAsync(report).ConfigureAwait(false);
        await WaitAsync(report).ConfigureAwait(false);
        return report;
    }

    private static async Task<Figures> MeasureAsync(LoopStep step, int state, int rounds)
    {
        using var loop = new JournalLoop(step, Steps, state);
        var figures = new Figures();
        for (int round = -Warmups; round < rounds; round++)
        {
            double bare = await loop.RunAsync(NullRunStore.Instance, "run-1").ConfigureAwait(false) / Steps;
            double peer = 0;
            if (step == LoopStep.Node)
                (peer, figures.PeerBytes) = await InFolderAsync(async folder => await PeerLoop.RunAsync(folder, PeerSteps, state).ConfigureAwait(false) / PeerSteps).ConfigureAwait(false);
            if (round >= 0)
            {
                figures.Bare.Add(bare);
                figures.Peer.Add(peer);
            }

            foreach (RunDurability durability in Enum.GetValues<RunDurability>())
            {
                (double took, long bytes) = await InFolderAsync(async folder =>
                {
                    using var store = new SqliteRunStore(new SqliteRunStoreOptions { Folder = folder, Durability = durability });
                    return await loop.RunAsync(store, "run-1").ConfigureAwait(false) / Steps;
                }).ConfigureAwait(false);
                if (round >= 0)
                    figures.Of(durability).Add(took);
                if (durability == RunDurability.Async)
                    figures.Bytes = bytes;
            }
        }

        return figures;
    }

    private static async Task CountAsync(Report report)
    {
        int ours = 0, theirs = 0;
        await InFolderAsync(async folder => ours = await PaidTwice.CountAsync(folder, Siblings).ConfigureAwait(false)).ConfigureAwait(false);
        await InFolderAsync(async folder => theirs = await PaidTwice.CountPeerAsync(folder, Siblings).ConfigureAwait(false)).ConfigureAwait(false);
        report.Text("").Text($"{Siblings + 1} branches at the same time: {Siblings} are answered, one breaks off, and the run goes on from its store. Answered calls that are made again:")
            .Header("engine", "paid twice").Row("AgentRouter", Number(ours)).Row("Microsoft.Agents.AI.Workflows", Number(theirs));
    }

    private static async Task WaitAsync(Report report)
    {
        WaitingRuns? waiting = null;
        await InFolderAsync(async folder =>
        {
            waiting = await WaitingRuns.MeasureAsync(folder, Waiting).ConfigureAwait(false);
            return 0;
        }).ConfigureAwait(false);
        report.Text("").Text($"{Waiting:N0} runs that wait for a person, begun by one process that lives on.")
            .Header("bytes a run on the disk", "bytes a run on the heap", "threads more", "first page of the list", "whole list")
            .Row(Number(waiting!.FileBytes / Waiting), Number(waiting.HeapBytes / Waiting), Number(waiting.Threads), Milli(waiting.ListFirst), Milli(waiting.ListAll));
    }

    private static async Task<(double Result, long Bytes)> InFolderAsync(Func<string, Task<double>> work)
    {
        string folder = Directory.CreateTempSubdirectory("agentrouter-journal-").FullName;
        try
        {
            double result = await work(folder).ConfigureAwait(false);
            return (result, Directory.EnumerateFiles(folder).Sum(file => new FileInfo(file).Length));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Micro(List<double> seconds) => (Median(seconds) * 1e6).ToString("N1", CultureInfo.InvariantCulture);

    private static string Milli(double seconds) => (seconds * 1e3).ToString("N1", CultureInfo.InvariantCulture) + " ms";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed class Figures
    {
        private readonly Dictionary<RunDurability, List<double>> _times = Enum.GetValues<RunDurability>().ToDictionary(durability => durability, _ => new List<double>());

        public List<double> Bare { get; } = [];

        public List<double> Peer { get; } = [];

        public long Bytes { get; set; }

        public long PeerBytes { get; set; }

        public List<double> Of(RunDurability durability) => _times[durability];
    }
}
