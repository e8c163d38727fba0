using AgentRouter.Cli.Commands.Runs.Show;
using AgentRouter.Cli.Hosting;
using AgentRouter.Cli.Tests.Support;
using AgentRouter.Events;
using AgentRouter.Memory;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Storage.Sqlite;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Snapshooter;
using Snapshooter.Xunit;

namespace AgentRouter.Cli.Tests.Commands.Runs;

/// <summary>runs and its children, on runs that were recorded before.</summary>
public sealed class RunsTests : IAsyncLifetime, IDisposable
{
    private readonly TestCli _cli = new();

    public async Task InitializeAsync()
    {
        await RecordAsync("20261120-080000-first", SampleRun.Repaired());
        await RecordAsync("20261121-080000-second", SampleRun.Half()
            .Add(new PersonAsked("Go on with a larger budget?", ["yes", "no"], "no"))
            .End(RunOutcome.Waiting, "A person has to answer."));
        await RecordAsync("20261122-080000-third", SampleRun.Half());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("runs")]
    [InlineData("runs list")]
    public async Task The_list_is_the_same_with_and_without_its_name(string command)
    {
        (await _cli.RunAsync(command.Split(' '))).ShouldBe(0);
        Snapshot.Match(_cli.Seen, "RunsTests.The_list");
    }

    [Fact]
    public async Task The_list_can_be_limited_to_an_outcome_and_a_number()
    {
        (await _cli.RunAsync("runs", "--outcome", "waiting")).ShouldBe(0);
        _cli.Seen.ShouldContain("20261121-080000-second");
        _cli.Seen.ShouldContain("1 run in FOLDER");
        (await _cli.RunAsync("runs", "--limit", "2")).ShouldBe(0);
        _cli.Seen.ShouldContain("There are more");
        (await _cli.RunAsync("runs", "--outcome", "interupted")).ShouldBe(64);
        _cli.Errors.ShouldContain("There is no state 'interupted'. Did you mean 'interrupted'?");
        (await _cli.RunAsync("runs", "--runs", "elsewhere")).ShouldBe(0, "--runs is another name of --store");
        _cli.Seen.ShouldContain("No run is recorded in FOLDER/elsewhere");
        Directory.Exists(Path.Combine(_cli.Folder, "elsewhere")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_run_that_waits_tells_for_what_and_how_to_answer()
    {
        (await _cli.RunAsync("runs", "show", "20261121")).ShouldBe(0);
        Snapshot.Match(_cli.Seen);
    }

    [Fact]
    public async Task A_run_without_an_end_says_so()
    {
        (await _cli.RunAsync("runs", "show")).ShouldBe(0);
        _cli.Seen.ShouldContain("20261122-080000-third");
        _cli.Seen.ShouldContain("○ interrupted");
        _cli.Seen.ShouldContain("agentrouter resume 20261122-080000-third");
    }

    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    public void Questions_of_branches_stand_below_each_other(int width)
    {
        var run = new RunSummary("run-1", "report", new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), RunOutcome.Waiting, Money.FromUsd(0.01m), null, 3);
        RunQuestion[] questions = [new("left/ask", "Which \u001b[31mone?", ["the first", "the second"], "the first"), new(null, "More money?", [], null)];
        Snapshot.Match(Screens.Draw(width, console => new ShowScreen(console).Show(run, questions, "/runs/run-1", new RunCommandLines("run-1"))), SnapshotNameExtension.Create(width));
    }

    [Fact]
    public async Task Deleted_runs_are_gone_with_their_files_and_their_spending_stays()
    {
        string first = Path.Combine(_cli.RunsFolder, "20261120-080000-first");
        _cli.Write("data/runs/20261120-080000-first/workspace/.hidden/note.txt", new string('x', 3_000));
        (await _cli.RunAsync("runs", "delete", "20261120", "20261122", "nobody")).ShouldBe(64);
        Directory.Exists(first).ShouldBeTrue();
        (await _cli.RunAsync("runs", "delete", "20261120", "20261122")).ShouldBe(0);
        _cli.Seen.ShouldContain("Deleted 20261120-080000-first. Its files gave back 2.9 KiB.");
        _cli.Seen.ShouldContain("Deleted 20261122-080000-third.\n");
        Directory.Exists(first).ShouldBeFalse();
        (await _cli.RunAsync("trace", "20261120")).ShouldBe(64);
        (await _cli.RunAsync("spend", "--json")).ShouldBe(0);
        _cli.Lines.ShouldContain("\"calls\":15");
    }

    [Fact]
    public async Task Files_are_kept_where_somebody_wants_them()
    {
        string note = _cli.Write("data/runs/20261120-080000-first/workspace/note.txt", "mine");
        (await _cli.RunAsync("runs", "delete", "20261120", "--keep-files")).ShouldBe(0);
        _cli.Seen.ShouldContain("Its files stay in\nFOLDER/data/runs/20261120-080000-first.");
        File.Exists(note).ShouldBeTrue();
    }

    [Fact]
    public async Task What_links_lead_to_outside_of_the_folder_is_left_alone()
    {
        string outside = _cli.Write("project/note.txt", new string('x', 5_000));
        string workspace = Directory.CreateDirectory(Path.Combine(_cli.RunsFolder, "20261120-080000-first", "workspace")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(workspace, "folder"), Path.GetDirectoryName(outside)!);
        File.CreateSymbolicLink(Path.Combine(workspace, "file"), outside);
        Directory.CreateSymbolicLink(Path.Combine(_cli.RunsFolder, "20261122-080000-third"), Path.GetDirectoryName(outside)!);

        (await _cli.RunAsync("runs", "delete", "20261120", "20261122")).ShouldBe(0);

        _cli.Seen.ShouldContain("Deleted 20261120-080000-first. Its files gave back 0 bytes.");
        Directory.GetFileSystemEntries(_cli.RunsFolder, "2026*").ShouldBeEmpty();
        new FileInfo(outside).Length.ShouldBe(5_000);
    }

    [Theory]
    [InlineData(false, "The files of 2 runs gave back 7 bytes.", 0)]
    [InlineData(true, "Deleted 2 runs from", 2)]
    public async Task Pruned_runs_take_their_files_with_them(bool keep, string seen, int left)
    {
        _cli.TimeProvider = new FakeTimeProvider(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        _cli.Write("data/runs/20261120-080000-first/workspace/a.txt", "abcd");
        _cli.Write("data/runs/20261121-080000-second/workspace/a.txt", "it waits");
        _cli.Write("data/runs/20261122-080000-third/before/a.txt", "abc");

        (await _cli.RunAsync(["runs", "prune", "--older-than", "7d", .. keep ? ["--keep-files"] : Array.Empty<string>()])).ShouldBe(0);

        _cli.Seen.ShouldContain(seen);
        Directory.GetDirectories(_cli.RunsFolder).Length.ShouldBe(left + 1);
    }

    [Theory]
    [InlineData("memory", "")]
    [InlineData("kept/here", "memory: { folder: kept/here }\n")]
    public async Task What_killed_runs_left_in_the_memory_goes_with_them(string folder, string configuration)
    {
        if (configuration.Length > 0)
            _cli.Write("agentrouter.yaml", configuration);
        await RememberAsync(folder, "workflow:run-20261120-080000-first/0123456789abcdef", "workflow:run-20261122-080000-third/0123456789abcdef", "workflow:run-20261122-080000-third/1123456789abcdef", "user:anna");

        (await _cli.RunAsync("runs", "delete", "20261122", "--keep-files")).ShouldBe(0);

        _cli.Seen.ShouldBe($"Deleted 20261122-080000-third.\nErased what 1 run had left in FOLDER/{folder}.\n");
        (await ScopesAsync(folder)).ShouldBe(["user:anna", "workflow:run-20261120-080000-first/0123456789abcdef"]);
    }

    [Fact]
    public async Task What_pruned_runs_left_in_the_memory_goes_with_them()
    {
        _cli.TimeProvider = new FakeTimeProvider(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        string[] others = ["workflow:run-20261121-080000-second/0123456789abcdef", "workflow:run-20261122-080000-third/notes", "workflow:run-elsewhere/0123456789abcdef"];
        await RememberAsync("memory", ["workflow:run-20261120-080000-first/0123456789abcdef", "workflow:run-20261122-080000-third/0123456789abcdef", .. others]);

        (await _cli.RunAsync("runs", "prune", "--older-than", "7d")).ShouldBe(0);

        _cli.Seen.ShouldContain("Erased what 2 runs had left in FOLDER/memory.\n");
        (await ScopesAsync("memory")).ShouldBe(others);
    }

    [Theory]
    [InlineData("delete", "20261122")]
    [InlineData("prune", "--older-than", "0m")]
    public async Task Without_a_memory_nothing_is_made_and_nothing_said(params string[] command)
    {
        (await _cli.RunAsync(["runs", .. command])).ShouldBe(0);

        _cli.Seen.ShouldNotContain("memory");
        Directory.Exists(Path.Combine(_cli.Folder, "memory")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_memory_that_cannot_be_read_is_said_and_the_run_is_deleted_all_the_same()
    {
        _cli.Write("memory/workflow/torn.db", new string('x', 5_000));

        (await _cli.RunAsync("runs", "delete", "20261122")).ShouldBe(2);

        _cli.Seen.ShouldBe("Deleted 20261122-080000-third.\n");
        _cli.Errors.ShouldStartWith("What the deleted runs may have left in FOLDER/memory is not erased:");
    }

    [Fact]
    public async Task Where_the_configuration_does_not_say_which_memory_is_meant_nothing_is_deleted()
    {
        _cli.Write("agentrouter.yaml", "memory: []\n");

        (await _cli.RunAsync("runs", "delete", "20261122")).ShouldBe(64);
        (await _cli.RunAsync("runs", "prune", "--older-than", "0m")).ShouldBe(64);

        _cli.Errors.ShouldContain("agentrouter.yaml cannot be used");
        using var store = new SqliteRunStore(_cli.RunsFolder);
        (await store.ListAsync().CountAsync()).ShouldBe(3);
    }

    [Theory]
    [InlineData("waiting", "20261121-080000-second")]
    [InlineData("interrupted", "20261122-080000-third")]
    [InlineData("running", "20261123-080000-fourth")]
    [InlineData("succeeded", "20261120-080000-first")]
    public async Task The_list_can_be_limited_to_every_state_that_it_shows(string state, string runId)
    {
        using var store = new SqliteRunStore(_cli.RunsFolder);
        await using IRunRecord atWork = await store.CreateAsync("20261123-080000-fourth");
        (await _cli.RunAsync("runs", "--outcome", state)).ShouldBe(0);
        _cli.Seen.ShouldContain(runId);
        _cli.Seen.ShouldContain(state);
        _cli.Seen.ShouldContain("1 run in FOLDER");
    }

    [Theory]
    [InlineData("cancelled")]
    [InlineData("failed")]
    [InlineData("budgetExceeded")]
    [InlineData("budget exceeded")]
    public async Task A_state_that_no_run_is_in_is_said(string state)
    {
        (await _cli.RunAsync("runs", "list", "--outcome", state)).ShouldBe(0);
        _cli.Seen.ShouldContain($"No run in FOLDER/data/runs is in the state '{state}'.");
    }

    [Fact]
    public async Task Old_runs_are_pruned_but_those_that_wait_only_when_asked_for()
    {
        (await _cli.RunAsync("runs", "prune", "--older-than", "9999d")).ShouldBe(0);
        _cli.Seen.ShouldContain("Deleted 0 runs");
        (await _cli.RunAsync("runs", "prune", "--older-than", "soon")).ShouldBe(64);
        _cli.Errors.ShouldContain("a number with d, h or m");
        (await _cli.RunAsync("runs", "prune")).ShouldBe(64);
        (await _cli.RunAsync("runs", "check")).ShouldBe(0);
        _cli.Seen.ShouldContain("runs.db is whole.");
    }

    [Fact]
    public async Task A_check_tells_what_is_wrong_and_fails()
    {
        string file = Path.Combine(_cli.RunsFolder, "runs.db");
        byte[] bytes = await File.ReadAllBytesAsync(file);
        new Random(5).NextBytes(bytes.AsSpan(4_096 * 3, 4_096));
        await File.WriteAllBytesAsync(file, bytes);
        (await _cli.RunAsync("runs", "check")).ShouldBe(2);
        _cli.Seen.ShouldContain("in FOLDER/data/runs/runs.db");
    }

    private async Task RememberAsync(string folder, params string[] scopes)
    {
        await using var store = new SqliteMemoryStore(Path.Combine(_cli.Folder, folder));
        await using var memory = new GraphMemory(store);
        foreach (string scope in scopes)
            await memory.ImportAsync(MemoryScope.Parse(scope), new MemorySource { Key = "rounds", Items = [new MemoryItem { Text = "The code is 4711." }] });
    }

    private async Task<string[]> ScopesAsync(string folder)
    {
        await using var store = new SqliteMemoryStore(Path.Combine(_cli.Folder, folder));
        return [.. (await store.ListAsync()).Select(scope => scope.ToString())];
    }

    private async Task RecordAsync(string runId, SampleRun run)
    {
        using var store = new SqliteRunStore(_cli.RunsFolder);
        await using IRunRecord record = await store.CreateAsync(runId);
        await record.AppendAsync([.. run.Events.Select(runEvent => new RunRecordEntry(runEvent with { RunId = runId }))]);
    }
}
