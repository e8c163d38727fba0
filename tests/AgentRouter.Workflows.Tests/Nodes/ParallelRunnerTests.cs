using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.Parallel;
using AgentRouter.Workflows.Tests.Engine;
using CsCheck;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Nodes;

public sealed class ParallelRunnerTests
{
    [Fact]
    public async Task Branches_get_equal_shares_and_return_what_they_leave()
    {
        var bench = new Bench { Budget = new Budget { Usd = 0.9m, Calls = 10, OnExceeded = OnExceeded.Stop } };

        RunResult result = await bench.RunAsync(Workflow(Parallel(["a", "b", "c"]), Done()));

        result.Outcome.ShouldBe(RunOutcome.Succeeded);
        result.Outputs["all"]!.ToJsonString().ShouldBe("""{"a":"ok","b":"ok","c":"ok"}""");
        bench.Of<GrantGiven>().Select(grant => (grant.Child, grant.Budget.LimitUsd, grant.Budget.LimitCalls)).ShouldBe(
        [
            ("all/a", Money.FromUsd(0.3m), 3), ("all/b", Money.FromUsd(0.3m), 3), ("all/c", Money.FromUsd(0.3m), 4),
        ]);
        bench.Of<GrantReturned>().Select(grant => grant.Spent.Calls).ShouldBe([1L, 1L, 1L]);
        result.Budget.Reserved.ShouldBe(default);
        result.Budget.Spent.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task A_declared_grant_comes_first_and_the_rest_is_shared()
    {
        var bench = new Bench { Budget = new Budget { Calls = 10, OnExceeded = OnExceeded.Stop } };

        await bench.RunAsync(Workflow(Parallel(["a", "b", "c"]) with { Grants = new Dictionary<string, Budget> { ["c"] = new() { Calls = 6 } } }, Done()));

        bench.Of<GrantGiven>().Select(grant => (grant.Child, grant.Budget.LimitCalls)).ShouldBe([("all/c", 6), ("all/a", 2), ("all/b", 2)]);
    }

    [Fact]
    public async Task A_branch_whose_grant_leaves_a_limit_open_gets_an_equal_share_of_it()
    {
        var bench = new Bench { Budget = new Budget { Usd = 1, Calls = 9, OnExceeded = OnExceeded.Stop } };

        RunResult result = await bench.RunAsync(Workflow(Parallel(["a", "b", "c"]) with { Grants = new Dictionary<string, Budget> { ["c"] = new() { Usd = 0.4m } } }, Done()));

        result.Outcome.ShouldBe(RunOutcome.Succeeded);
        bench.Of<GrantGiven>().Select(grant => (grant.Child, grant.Budget.LimitUsd, grant.Budget.LimitCalls, grant.Budget.LimitSteps)).ShouldBe(
        [
            ("all/c", Money.FromUsd(0.4m), 3, null), ("all/a", Money.FromUsd(0.3m), 3, null), ("all/b", Money.FromUsd(0.3m), 3, null),
        ]);
    }

    [Fact]
    public async Task Branches_never_spend_more_than_the_budget_however_many_want_to()
    {
        await Gen.Select(Gen.Int[1, 8], Gen.Int[1, 30], Gen.Int[1, 6]).SampleAsync(async (branches, calls, visits) =>
        {
            var bench = new Bench(new FakeModel(async (_, _, token) =>
            {
                await Task.Yield();
                return FakeModel.Text("x");
            }))
            { Budget = new Budget { Calls = calls, Usd = 0.01m, OnExceeded = OnExceeded.Stop } };

            RunResult result = await bench.RunAsync(Workflow(
                Parallel([.. Enumerable.Range(0, branches).Select(i => $"b{i}")]) with { Next = To("again"), OnError = "gaveUp" },
                Branch("again", ($"visits('all') < {visits}", "all"), (null, "done")), Done(), GaveUp()));

            result.Budget.Spent.Calls.ShouldBeLessThanOrEqualTo(calls);
            result.Budget.Spent.Usd.ShouldBeLessThanOrEqualTo(Money.FromUsd(0.01m));
            result.Budget.Reserved.ShouldBe(default);
            if (branches * visits <= calls)
                result.Outcome.ShouldBe(RunOutcome.Succeeded);
        }, iter: 60, threads: 1);
    }

    [Fact]
    public async Task A_failing_branch_leaves_the_work_of_the_others_to_be_used()
    {
        var bench = new Bench { Tools = { new FakeTools("box").Add("break", string () => throw new Tools.ToolException("It broke.")) } };
        NodeDefinition all = new ParallelNode { Name = "all", Branches = [Agent("good", null), Tool("bad", "box.break", null)], Next = To("done"), OnError = "save" };

        RunResult result = await bench.RunAsync(Workflow(all, Done("done"), Done("save", "{{ all.good }}, but {{ error.message }}")));

        result.Answer!.ShouldStartWith("ok, but Only 1 of the 2 branches");
        result.Answer!.ShouldContain("Branch 'bad': Tool 'box.break' failed: It broke.");
        result.Outputs["all"]!.ToJsonString().ShouldBe("""{"good":"ok"}""");
    }

    [Fact]
    public async Task Join_any_takes_the_first_and_cancels_the_rest()
    {
        var cancelled = new TaskCompletionSource();
        var bench = new Bench();
        bench.Tools.Add(new FakeTools("box").Add("hang", async (CancellationToken token) =>
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            }
            catch (OperationCanceledException)
            {
                cancelled.SetResult();
                throw;
            }
        }));
        NodeDefinition all = new ParallelNode { Name = "all", Branches = [Tool("slow", "box.hang", null), Agent("fast", null)], Join = 1, Next = To("done") };

        RunResult result = await bench.RunAsync(Workflow(all, Done()));

        result.Outcome.ShouldBe(RunOutcome.Succeeded);
        cancelled.Task.IsCompletedSuccessfully.ShouldBeTrue();
        result.Outputs["all"]!.ToJsonString().ShouldBe("""{"fast":"ok"}""");
        result.Budget.Reserved.ShouldBe(default);
    }

    [Fact]
    public async Task A_branch_that_uses_up_its_declared_grant_fails_the_run_when_nothing_handles_it()
    {
        var bench = new Bench { Budget = new Budget { Calls = 9, OnExceeded = OnExceeded.Stop } };
        ParallelNode all = Parallel(["a", "b"]) with { Grants = new Dictionary<string, Budget> { ["b"] = new() { Calls = 0 } } };

        RunResult result = await bench.RunAsync(Workflow(all, Done()));

        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason!.ShouldContain("Branch 'b': The grant of 'all/b' is used up");
        result.Outputs["all"]!["a"]!.GetValue<string>().ShouldBe("ok");
    }

    [Fact]
    public async Task A_branch_that_uses_up_its_share_ends_the_run_as_budget_exceeded()
    {
        var bench = new Bench { Budget = new Budget { Calls = 1, OnExceeded = OnExceeded.Stop } };

        RunResult result = await bench.RunAsync(Workflow(Parallel(["a", "b"]), Done()));

        result.Outcome.ShouldBe(RunOutcome.BudgetExceeded);
        result.Reason!.ShouldContain("Branch 'b'");
    }

    [Fact]
    public async Task A_grant_that_does_not_fit_fails_its_branch_and_says_so()
    {
        var bench = new Bench { Budget = new Budget { Calls = 3, OnExceeded = OnExceeded.Stop } };
        ParallelNode all = Parallel(["a", "b"]) with { OnError = "save", Grants = new Dictionary<string, Budget> { ["b"] = new() { Calls = 4 } } };

        RunResult result = await bench.RunAsync(Workflow(all, Done(), Done("save", "{{ error.message }}")));

        result.Answer!.ShouldContain("'all/b' could not be given its part of the budget");
        bench.Of<BudgetRefused>().Single().Node.ShouldBe("all/b");
    }

    [Fact]
    public async Task Cancelling_the_run_cancels_all_branches_and_returns_their_grants()
    {
        using var stop = new CancellationTokenSource();
        var bench = new Bench(FakeModel.Hanging()) { Budget = new Budget { Usd = 1, Calls = 8 } };
        Task<RunResult> reading = bench.ReadAsync(bench.Begin(Workflow(Parallel(["a", "b", "c"]), Done()), stop.Token));
        await Wait.UntilAsync(() => ((FakeModel)bench.Model).Calls == 3);

        await stop.CancelAsync();
        RunResult result = await reading;

        result.Outcome.ShouldBe(RunOutcome.Cancelled);
        result.Budget.Reserved.ShouldBe(default);
        bench.Of<GrantReturned>().Count().ShouldBe(3);
    }

    private static ParallelNode Parallel(string[] branches) => new()
    {
        Name = "all",
        Branches = [.. branches.Select(branch => Agent(branch, null))],
        Next = To("done"),
    };
}
