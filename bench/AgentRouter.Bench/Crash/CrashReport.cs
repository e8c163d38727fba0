using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using AgentRouter.Configuration;
using AgentRouter.CrashWorker.Matrix;
using AgentRouter.CrashWorker.Work;

namespace AgentRouter.Bench.Crash;

/// <summary>Kills workers at every event of three workflows, damages the stores they leave, and sums up what came of it.</summary>
internal static class CrashReport
{
    private const int RunsAProcess = 32;
    private const int Workers = 2;
    private const int Seed = 20261122;
    private const int ShownProblems = 20;
    private const int QuickStride = 60;

    public static async Task<Report> RunAsync(bool quick)
    {
        long began = Stopwatch.GetTimestamp();
        string folder = Directory.CreateTempSubdirectory("agentrouter-crash-").FullName;
        var matrix = new CrashMatrix(folder, RunsAProcess);
        await matrix.BeginAsync(CrashWorkflow.All.Select(workflow => workflow.Name)).ConfigureAwait(false);
        Report report = new Report("crash", "Crash matrix")
            .Text("Worker processes run three workflows over the SQLite store and are killed with SIGKILL before and right after the append of every event, in the middle")
            .Text($"of batches too; up to {RunsAProcess} runs share a process and its death. Every fifth run is killed a second time while it goes on. Then a new process goes on to the end; a tool")
            .Text("call in doubt is answered from the tool's own log. Checked for each: no acknowledged event is missing after the kill; outcome, answer, outputs and files are those")
            .Text("of the undisturbed run; each answer is booked at what the provider billed for it, and what is booked beside is for calls in doubt, one each; no answer that was")
            .Text("recorded is paid again; no tool that must not be called twice was; a replay of the whole run makes the same decisions.");
        var problems = new List<string>();
        report.Header("workflow", "durability", "events", "kills", "died twice", "calls in doubt", "tool calls in doubt", "paid twice", "failures");
        foreach (CrashWorkflow workflow in CrashWorkflow.All)
        {
            foreach (RunDurability durability in (RunDurability[])[RunDurability.Async, RunDurability.Sync])
            {
                CrashCase[] cases = [.. matrix.Boundaries(workflow.Name, durability, new Random(Seed)).Where((_, i) => !quick || i % QuickStride == 0)];
                IReadOnlyList<(CrashCase Case, CrashVerdict Verdict)> done = await DoAsync(matrix, cases).ConfigureAwait(false);
                problems.AddRange(done.SelectMany(one => one.Verdict.Problems.Select(problem => $"{one.Case.Name}: {problem}")));
                report.Row(workflow.Name, durability.ToString(), Number(matrix.Of(workflow.Name).Events), Number(cases.Length), Number(cases.Count(one => one.DiesAgainAt is not null)),
                    Number(done.Sum(one => one.Verdict.CallsInDoubt)), Number(done.Sum(one => one.Verdict.ToolsInDoubt)), Number(done.Sum(one => one.Verdict.PaidTwice)),
                    Number(done.Count(one => one.Verdict.Problems.Count > 0)));
            }
        }

        problems.AddRange(await TearAsync(report, matrix, folder, quick ? 2 : 20).ConfigureAwait(false));
        problems.AddRange(await SufferAsync(report, new Hardships(folder, matrix.Of("pay"))).ConfigureAwait(false));
        report.Text("");
        foreach (string problem in problems.Take(ShownProblems))
            report.Text($"- {problem}");
        report.Text("").Text($"Time: {Stopwatch.GetElapsedTime(began).TotalMinutes.ToString("0.0", CultureInfo.InvariantCulture)} minutes, {Workers} workers at once.");
        if (problems.Count == 0)
            Directory.Delete(folder, recursive: true);
        return report;
    }

    private static async Task<IReadOnlyList<(CrashCase Case, CrashVerdict Verdict)>> DoAsync(CrashMatrix matrix, CrashCase[] cases)
    {
        var done = new ConcurrentBag<(CrashCase, CrashVerdict)>();
        // neighbours die at about the same time, so that none stands still for long
        await Parallel.ForEachAsync(cases.Chunk(RunsAProcess), new ParallelOptions { MaxDegreeOfParallelism = Workers }, async (chunk, cancellationToken) =>
        {
            foreach ((CrashCase, CrashVerdict) one in await matrix.DoAsync(chunk, cancellationToken).ConfigureAwait(false))
                done.Add(one);
        }).ConfigureAwait(false);
        return [.. done];
    }

    private static async Task<List<string>> TearAsync(Report report, CrashMatrix matrix, string folder, int processes)
    {
        // runs whose answer does not depend on what their lost part did to files
        CrashCase[] sources =
        [
            new("pay", RunDurability.Async, 70, DiesBefore: false), new("pay", RunDurability.Sync, 40, DiesBefore: false),
            new("research-report", RunDurability.Async, 150, DiesBefore: false), new("research-report", RunDurability.Sync, 90, DiesBefore: false),
        ];
        var done = new ConcurrentBag<TornResult>();
        foreach ((CrashCase source, int at) in sources.Select((source, at) => (source, at)))
        {
            var torn = new TornStores(folder, matrix.Of(source.Workflow), source);
            await torn.BeginAsync().ConfigureAwait(false);
            int each = Math.Max(1, processes / sources.Length);
            await Parallel.ForEachAsync(Enumerable.Range(0, each), new ParallelOptions { MaxDegreeOfParallelism = Workers }, async (process, cancellationToken) =>
            {
                IEnumerable<int> seeds = Enumerable.Range(Seed + (((at * each) + process) * RunsAProcess), RunsAProcess);
                foreach (TornResult one in await torn.DoAsync(seeds, cancellationToken).ConfigureAwait(false))
                    done.Add(one);
            }).ConfigureAwait(false);
        }

        report.Header("damage to the store of a killed run", "cases", "the run went on to its end", "the damage was named", "failures");
        foreach (IGrouping<Tear, TornResult> of in done.GroupBy(one => one.Tear).OrderBy(of => of.Key))
            report.Row(Words(of.Key), Number(of.Count()), Number(of.Count(one => one.WentOn)), Number(of.Count(one => one is { WentOn: false, Problem: null })), Number(of.Count(one => one.Problem is not null)));
        return [.. done.Where(one => one.Problem is not null).Select(one => $"{one.Name}: {one.Problem}")];
    }

    private static async Task<List<string>> SufferAsync(Report report, Hardships hardships)
    {
        var problems = new List<string>();
        report.Header("what else happens", "result");
        foreach ((string what, Func<CancellationToken, Task<string?>> run) in hardships.All)
        {
            string? problem = await run(CancellationToken.None).ConfigureAwait(false);
            report.Row(what, problem is null ? "as it should" : "failed");
            if (problem is not null)
                problems.Add($"{what}: {problem}");
        }

        return problems;
    }

    private static string Words(Tear tear) => tear switch
    {
        Tear.LogCut => "the log is cut short",
        Tear.LogOverwritten => "a part of the log is overwritten",
        Tear.FileCut => "the file is cut short",
        Tear.FileOverwritten => "a part of the file is overwritten",
        _ => tear.ToString(),
    };

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
