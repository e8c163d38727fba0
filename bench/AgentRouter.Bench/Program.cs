using AgentRouter.Bench;
using AgentRouter.Bench.Contexts;
using AgentRouter.Bench.Crash;
using AgentRouter.Bench.Gym;
using AgentRouter.Bench.Healing;
using AgentRouter.Bench.Journal;
using AgentRouter.Bench.Memory;
using AgentRouter.Bench.Skills;

string what = args.Length > 0 ? args[0] : "";
bool quick = args.Contains("--quick");
string folder = Path.Combine("bench", "reports");
string command = $"dotnet run -c Release --project bench/AgentRouter.Bench -- {what}";
if (what is not ("route" or "ledger" or "engine" or "gym" or "decide" or "crash" or "journal" or "chaos" or "heal" or "graphs" or "skills" or "memory" or "context" or "all"))
{
    Console.Error.WriteLine("Say what to measure: route, ledger, engine, gym, decide, crash, journal, chaos, heal, graphs DIR, skills, memory, context or all; --quick for short runs. Reports go to bench/reports.");
    return 64;
}

if (what is "route" or "all")
    await RoutedCallReport.Run(quick).WriteAsync(folder, command, TimeProvider.System).ConfigureAwait(false);
if (what is "ledger" or "all")
    await (await LedgerContention.RunAsync(threads: 64, rounds: quick ? 10_000 : 1_000_000).ConfigureAwait(false)).WriteAsync(folder, command, TimeProvider.System).ConfigureAwait(false);
if (what is "engine" or "all")
    await (await EngineLoop.RunAsync(rounds: quick ? 11 : 51).ConfigureAwait(false)).WriteAsync(folder, command, TimeProvider.System).ConfigureAwait(false);
if (what is "gym" or "all")
    await GymReport.Run(quick).WriteAsync(folder, command, TimeProvider.System).ConfigureAwait(false);
if (what is "decide" or "all")
    await DecideReport.Run(predictions: quick ? 50_000 : 1_000_000).WriteAsync(folder, command, TimeProvider.System).ConfigureAwait(false);
if (what is "crash" or "all")
    await (await CrashReport.RunAsync(quick).ConfigureAwait(false)).WriteAsync(folder, command, TimeProvider.System).ConfigureAwait(false);
if (what is "journal" or "all")
    await (await JournalReport.RunAsync(rounds: quick ? 3 : 31).ConfigureAwait(false)).WriteAsync(folder, command, TimeProvider.System).ConfigureAwait(false);
if (what is "chaos" or "all")
    await (await ChaosReport.RunAsync(cases: quick ? 5_000 : 100_000).ConfigureAwait(false)).WriteAsync(folder, command, TimeProvider.System).ConfigureAwait(false);
if (what is "heal" or "all")
    await (await HealReport.RunAsync(quick).ConfigureAwait(false)).WriteAsync(folder, command, TimeProvider.System).ConfigureAwait(false);
if (what is "graphs")
{
    if (args.Length < 2 || !Directory.Exists(args[1]))
    {
        Console.Error.WriteLine("Name the folder of the tool catalogues: one folder a set, with tools.jsonl.gz, queries.dev.jsonl.gz and graph.jsonl.gz, or graph_desc.json.gz.");
        return 64;
    }

    await GraphsReport.Run(args[1]).WriteAsync(folder, command + " DIR", TimeProvider.System).ConfigureAwait(false);
}

if (what is "skills" && Option("--memory-of") is { } index)
{
    SkillsReport.PrintMemory(index);
    return 0;
}

if (what is "skills" or "all")
    await (await SkillsReport.RunAsync(quick, Option("--pool"), Option("--tasks")).ConfigureAwait(false)).WriteAsync(folder, command + (Option("--pool") is null ? "" : " --pool POOL --tasks TASKS"), TimeProvider.System).ConfigureAwait(false);
if (what is "memory" && Option("--memory-of") is { } remembered)
{
    await MemoryReport.PrintMemoryAsync(remembered).ConfigureAwait(false);
    return 0;
}

if (what is "memory" or "all")
    await (await MemoryReport.RunAsync(quick).ConfigureAwait(false)).WriteAsync(folder, command, TimeProvider.System).ConfigureAwait(false);
if (what is "context" or "all")
    await (await ContextReport.RunAsync(pages: quick ? 60 : 200).ConfigureAwait(false)).WriteAsync(folder, command, TimeProvider.System).ConfigureAwait(false);
return 0;

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
