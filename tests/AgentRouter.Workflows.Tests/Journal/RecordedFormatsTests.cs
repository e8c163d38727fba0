using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Providers.Scripted;
using AgentRouter.Routing;
using AgentRouter.Testing;
using AgentRouter.Tools;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite;
using AgentRouter.Workflows.Tests.Engine;
using AgentRouter.Workflows.Yaml;

namespace AgentRouter.Workflows.Tests.Journal;

/// <summary>A run that each released version of the journal's format has recorded is done again by this one.</summary>
public sealed class RecordedFormatsTests
{
    private const string Journal = "journal.jsonl";

    public static TheoryData<string> Formats => [.. Directory.EnumerateDirectories(Folder()).Select(folder => Path.GetFileName(folder)!)];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_recorded_run_is_done_again_event_by_event(string format)
    {
        string folder = Path.Combine(Folder(), format), file = Path.Combine(folder, Journal);
        if (!File.Exists(file))
            await RecordAsync(folder, file);
        using var store = new SqliteRunStore(new SqliteRunStoreOptions { Folder = "recorded-" + format, Durability = RunDurability.Memory });
        int events = await ImportAsync(store, file);
        (WorkflowEngine engine, WorkflowDefinition workflow) = Open(folder, store);

        ReplayResult replay = await engine.ReplayAsync(workflow, "run-1");

        replay.Mismatch.ShouldBeNull(replay.Mismatch?.Message);
        replay.Events.ShouldBe(events);
        replay.Decisions.ShouldBeGreaterThan(10);
        replay.Result.Outcome.ShouldBe(RunOutcome.Succeeded);
        replay.Result.Answer.ShouldBe("Rivers flow. paid for rivers");
    }

    // a new format: the journal is made once, looked at, and committed
    private static async Task RecordAsync(string folder, string file)
    {
        using var store = new SqliteRunStore(new SqliteRunStoreOptions { Folder = "recorder", Durability = RunDurability.Memory });
        (WorkflowEngine engine, WorkflowDefinition workflow) = Open(folder, store);
        RunResult result = await engine.Start(workflow, new RunRequest { RunId = "run-1" }).Completion;
        for (int answers = 0; answers < 2 && result.Outcome == RunOutcome.Waiting; answers++)
        {
            await RunAnswers.AddAsync(store, "run-1", "yes");
            result = await (await engine.ResumeAsync(workflow, "run-1")).Completion;
        }

        result.Outcome.ShouldBe(RunOutcome.Succeeded, result.Reason);
        await using FileStream journal = File.Create(file);
        await store.ExportAsync("run-1", journal, withValues: true);
    }

    private static async Task<int> ImportAsync(SqliteRunStore store, string file)
    {
        string[] lines = await File.ReadAllLinesAsync(file);
        await using IRunRecord record = await store.CreateAsync("run-1");
        foreach (string line in lines)
        {
            using JsonDocument json = JsonDocument.Parse(line);
            byte[] value = json.RootElement.TryGetProperty("content", out JsonElement content) ? Encoding.UTF8.GetBytes(content.GetString()!) : [];
            await record.AppendAsync([new RunRecordEntry(RunEventJson.Deserialize(line), value)]);
        }

        return lines.Length;
    }

    private static (WorkflowEngine Engine, WorkflowDefinition Workflow) Open(string folder, IRunStore store)
    {
        IReadOnlyList<IToolSource> tools = [new FakeTools("shop").Add("look", () => "There is water.", isIdempotent: true).Add("pay", (string what) => $"paid for {what}")];
        WorkflowDefinition workflow = WorkflowLoader.Load(Path.Combine(folder, "workflow.yaml"), new WorkflowLoadOptions { Tools = tools }).OrThrow();
        var models = TestModels.From(Script.Load(workflow.Script!));
        return (new WorkflowEngine(new WorkflowEngineOptions
        {
            Models = models,
            Router = new StepRoutingChatClient(models, new StepRoutingOptions { Policy = workflow.Router.CreatePolicy(workflow.Router.Policy!) }),
            Tools = tools,
            Store = store,
        }), workflow);
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Recorded");
}
