using AgentRouter.Configuration;
using AgentRouter.CrashWorker.Matrix;

namespace AgentRouter.Workflows.Tests.Journal;

/// <summary>Processes that are killed for real. All places are killed at by <c>bench -- crash</c>; here are a few.</summary>
public sealed class CrashTests(CrashTests.UndisturbedRun undisturbed) : IClassFixture<CrashTests.UndisturbedRun>
{
    private const string Workflow = "pay";

    [Fact]
    public async Task A_run_whose_process_is_killed_ends_the_same_in_another_one()
    {
        CrashCase[] cases =
        [
            // nothing but the start; a call that is sent; one that is billed and not kept; a payment before and after it is kept
            new(Workflow, RunDurability.Async, 1, DiesBefore: false),
            new(Workflow, RunDurability.Sync, 6, DiesBefore: false),
            new(Workflow, RunDurability.Async, 8, DiesBefore: true),
            new(Workflow, RunDurability.Async, 16, DiesBefore: false),
            new(Workflow, RunDurability.Sync, 21, DiesBefore: true),
            new(Workflow, RunDurability.Async, 35, DiesBefore: false) { DiesAgainAt = 10 },
            new(Workflow, RunDurability.Async, 41, DiesBefore: false),
            new(Workflow, RunDurability.Sync, 50, DiesBefore: false) { DiesAgainAt = 8 },
            new(Workflow, RunDurability.Async, 62, DiesBefore: false),
            new(Workflow, RunDurability.Sync, 80, DiesBefore: true),
        ];

        IReadOnlyList<(CrashCase Case, CrashVerdict Verdict)> done = await undisturbed.Matrix.DoAsync(cases);

        done.SelectMany(one => one.Verdict.Problems.Select(problem => $"{one.Case.Name}: {problem}")).ShouldBeEmpty();
        done.Sum(one => one.Verdict.ToolsInDoubt).ShouldBeGreaterThan(0);
        done.Sum(one => one.Verdict.PaidTwice).ShouldBe(0);
    }

    [Fact]
    public async Task A_store_that_was_torn_after_the_kill_goes_on_or_says_that_it_is_damaged()
    {
        var torn = new TornStores(undisturbed.Folder, undisturbed.Matrix.Of(Workflow), new CrashCase(Workflow, RunDurability.Async, 70, DiesBefore: false));
        await torn.BeginAsync();

        IReadOnlyList<TornResult> done = await torn.DoAsync(Enumerable.Range(1, 10));

        done.Where(one => one.Problem is not null).Select(one => $"{one.Name}: {one.Problem}").ShouldBeEmpty();
    }

    /// <summary>What both are compared with.</summary>
    public sealed class UndisturbedRun : IAsyncLifetime
    {
        private const int RunsAProcess = 10;

        public string Folder { get; } = Directory.CreateTempSubdirectory("agentrouter-crash-").FullName;

        public CrashMatrix Matrix => field ??= new CrashMatrix(Folder, RunsAProcess);

        public Task InitializeAsync() => Matrix.BeginAsync([Workflow]);

        public Task DisposeAsync()
        {
            Directory.Delete(Folder, recursive: true);
            return Task.CompletedTask;
        }
    }
}
