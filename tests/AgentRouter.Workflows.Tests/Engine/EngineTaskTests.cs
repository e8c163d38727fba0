using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Runs.Sqlite;
using AgentRouter.Workflows.Tests.Runs.Sqlite;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Tests.Engine;

/// <summary>Tasks that are no workflow: each call of the model costs 0.00002 USD.</summary>
public sealed class EngineTaskTests : IDisposable
{
    private static readonly Money Call = Money.FromUsd(0.00002m);

    private readonly StoreBench _stores = new();

    public void Dispose() => _stores.Dispose();

    [Fact]
    public async Task A_task_spends_from_its_budget_and_is_recorded_as_runs_are()
    {
        (Bench bench, SqliteRunStore store) = Create();

        RunResult result = await bench.Engine().RunTaskAsync("tidy", new RunRequest { RunId = "t1", Budget = new Budget { Usd = 1 } }, async (client, token) =>
        {
            await client.GetResponseAsync("Tidy.", cancellationToken: token);
            return new TaskEnd(RunOutcome.Succeeded, "tidied");
        });

        (result.RunId, result.Outcome, result.Reason, result.Budget.Spent.Usd).ShouldBe(("t1", RunOutcome.Succeeded, "tidied", Call));
        (await store.SpendAsync(SpendBy.Workflow)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(row => row.Name.ShouldBe("tidy"), row => row.Usd.ShouldBe(Call));
        List<RunEvent> events = await store.ReadAsync("t1").ToListAsync();
        events[0].ShouldBeOfType<RunStarted>().Workflow.ShouldBe("tidy");
        events[^1].ShouldBeOfType<RunEnded>().Outcome.ShouldBe(RunOutcome.Succeeded);
    }

    [Fact]
    public async Task What_does_not_fit_the_budget_ends_the_task()
    {
        (Bench bench, _) = Create();

        RunResult result = await bench.Engine().RunTaskAsync("tidy", new RunRequest { Budget = new Budget { Usd = 0.000001m, OnExceeded = OnExceeded.Stop } }, async (client, token) =>
        {
            await client.GetResponseAsync("Tidy.", cancellationToken: token);
            return new TaskEnd(RunOutcome.Succeeded);
        });

        result.Outcome.ShouldBe(RunOutcome.BudgetExceeded);
        result.Budget.Spent.Usd.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task What_the_work_throws_is_how_the_task_failed()
    {
        (Bench bench, SqliteRunStore store) = Create();

        RunResult result = await bench.Engine().RunTaskAsync("tidy", new RunRequest { RunId = "t1" }, (_, _) => throw new IOException("The disk is full."));

        (result.Outcome, result.Reason).ShouldBe((RunOutcome.Failed, "The disk is full."));
        (await store.ReadAsync("t1").ToListAsync())[^1].ShouldBeOfType<RunEnded>().Reason.ShouldBe("The disk is full.");
    }

    [Fact]
    public async Task A_task_that_is_cancelled_ends_so()
    {
        (Bench bench, _) = Create();
        using var stop = new CancellationTokenSource();

        RunResult result = await bench.Engine().RunTaskAsync(
            "tidy",
            new RunRequest(),
            async (_, token) =>
            {
                await stop.CancelAsync();
                token.ThrowIfCancellationRequested();
                return default;
            },
            stop.Token);

        result.Outcome.ShouldBe(RunOutcome.Cancelled);
    }

    private (Bench Bench, SqliteRunStore Store) Create()
    {
        SqliteRunStore store = _stores.Store();
        return (new Bench { Store = store }, store);
    }
}
