using AgentRouter.Budgets;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Nodes.Human;
using AgentRouter.Workflows.Runs.Sqlite;
using AgentRouter.Workflows.Runs.Sqlite.Accounts;
using AgentRouter.Workflows.Tests.Runs.Sqlite;
using CsCheck;
using static AgentRouter.Workflows.Tests.Engine.Bench;

namespace AgentRouter.Workflows.Tests.Engine;

/// <summary>Runs that draw from an account: each call of the model costs 0.00002 USD.</summary>
public sealed class RunAccountTests : IDisposable
{
    private static readonly Money Call = Money.FromUsd(0.00002m);

    private readonly StoreBench _stores = new();

    public void Dispose() => _stores.Dispose();

    [Fact]
    public async Task What_a_run_may_spend_is_held_while_it_works_and_what_it_spent_is_booked_at_its_end()
    {
        var atWork = new TaskCompletionSource();
        var goesOn = new TaskCompletionSource();
        Bench bench = Create(limit: 5, budget: 2, new FakeModel(async (_, _, _) =>
        {
            atWork.SetResult();
            await goesOn.Task;
            return FakeModel.Text("ok");
        }));
        WorkflowRun run = bench.Begin(Workflow(Agent("code"), Done()), CancellationToken.None);
        await atWork.Task;
        (await BalanceAsync(bench)).ShouldBe(new SpendingBalance(Money.Zero, Money.FromUsd(2)));

        goesOn.SetResult();
        RunResult result = await bench.ReadAsync(run);

        result.Outcome.ShouldBe(RunOutcome.Succeeded);
        (await BalanceAsync(bench)).ShouldBe(new SpendingBalance(Call, Money.Zero));
        bench.Of<RunStarted>().Single().Account.ShouldBe("anna");
        bench.Of<RunWarning>().ShouldBeEmpty();
    }

    [Fact]
    public void A_run_that_may_spend_more_than_there_is_does_not_begin()
    {
        Bench bench = Create(limit: 5, budget: 6);

        var refusal = Should.Throw<AccountExceededException>(() => bench.Begin(Workflow(Agent("code"), Done()), CancellationToken.None));

        refusal.Message.ShouldBe("The account 'anna' has $5.00 left of $5.00 a day, and the run 'run-1' may cost $6.00. $0.00 is spent. It begins anew at 2026-01-03 00:00 UTC. Give the run $5.00 or less, or raise the account's limit.");
        refusal.LargestBudget.ShouldBe(Money.FromUsd(5));
        ((SqliteRunStore)bench.Store).Exists("run-1").ShouldBeFalse();
        ((FakeModel)bench.Model).Calls.ShouldBe(0);
    }

    [Fact]
    public async Task A_run_without_a_limit_of_its_own_may_spend_what_is_left()
    {
        Bench bench = Create(limit: 5, budget: null);
        await HoldAsync(bench, 2);

        RunResult result = await bench.RunAsync(Workflow(Agent("code"), Done()));

        result.Budget.LimitUsd.ShouldBe(Money.FromUsd(3));
        bench.Of<RunWarning>().Single().Message.ShouldStartWith("The run has no money limit of its own: it may spend what the account 'anna' has left");
        await HoldAsync(bench, 3 - Call.ToUsd(), "other-2");
        Should.Throw<AccountExceededException>(() => bench.Begin(Workflow(Agent("code"), Done()), CancellationToken.None)).Message
            .ShouldBe("The account 'anna' has $0.00 left of $5.00 a day. $0.00002 is spent, $4.99998 is held for runs that go on. It begins anew at 2026-01-03 00:00 UTC. Wait, or raise the account's limit.");
    }

    [Fact]
    public async Task Limits_that_were_only_counted_are_enforced()
    {
        Bench bench = Create(limit: 5, budget: null);
        bench.Budget = new Budget { Usd = 0.0001m, Mode = BudgetMode.Audit, OnExceeded = OnExceeded.Stop };

        RunResult result = await bench.RunAsync(Endless());

        result.Outcome.ShouldBe(RunOutcome.BudgetExceeded);
        bench.Of<RunWarning>().Single().Message.ShouldBe("The limits of the run are enforced, because it draws from the account 'anna'.");
        (await BalanceAsync(bench)).Spent.ShouldBe(result.Budget.Spent.Usd);
    }

    [Fact]
    public async Task A_run_that_goes_on_draws_what_it_may_still_spend_and_pays_nothing_twice()
    {
        Bench bench = Create(limit: 5, budget: 3);
        WorkflowDefinition workflow = Workflow(Agent("code", "ask"), new HumanNode { Name = "ask", Question = Text("Go?"), Next = To("more") }, Agent("more"), Done());
        (await bench.RunAsync(workflow)).Outcome.ShouldBe(RunOutcome.Waiting);
        (await BalanceAsync(bench)).ShouldBe(new SpendingBalance(Call, Money.Zero));
        await HoldAsync(bench, 2);
        await HoldAsync(bench, Money.FromPicodollars(1).ToUsd(), "other-2");
        await RunAnswers.AddAsync(bench.Store, "run-1", "yes");

        var refusal = await Should.ThrowAsync<AccountExceededException>(() => bench.Engine().ResumeAsync(workflow, "run-1"));
        refusal.Message.ShouldContain("the run 'run-1' may cost $2.99998 more.");
        refusal.LargestBudget.ShouldBeNull();
        bench.Accounts["anna"] = bench.Accounts["anna"] with { Limit = Money.FromUsd(6) };
        RunResult result = await (await bench.Engine().ResumeAsync(workflow, "run-1")).Completion;

        result.Outcome.ShouldBe(RunOutcome.Succeeded);
        (await BalanceAsync(bench)).Spent.ShouldBe(Call * 2);
        (await bench.Engine().FindAsync("run-1")).Account.ShouldBe("anna");
    }

    [Fact]
    public async Task A_budget_is_raised_only_as_far_as_the_account_pays()
    {
        Bench bench = Create(limit: 0.0005m, budget: null);
        bench.Budget = new Budget { Usd = 0.0002m, OnExceeded = OnExceeded.Ask };
        bench.Person = new FakePerson("yes");

        RunResult result = await bench.RunAsync(Endless());

        result.Outcome.ShouldBe(RunOutcome.BudgetExceeded);
        result.Budget.LimitUsd.ShouldBe(Money.FromUsd(0.0004m));
        bench.Of<PersonAsked>().Count().ShouldBe(1);
        bench.Of<RunWarning>().Single().Message.ShouldContain("the budget cannot be raised");
        (await BalanceAsync(bench)).ShouldBe(new SpendingBalance(result.Budget.Spent.Usd, Money.Zero));
        (await bench.Engine().ReplayAsync(Endless(), "run-1")).Mismatch.ShouldBeNull();
    }

    [Fact]
    public async Task A_raise_that_a_person_allowed_while_nobody_worked_is_drawn_when_the_run_goes_on()
    {
        Bench bench = Create(limit: 0.0005m, budget: null);
        bench.Budget = new Budget { Usd = 0.0002m, OnExceeded = OnExceeded.Ask };
        (await bench.RunAsync(Endless())).Outcome.ShouldBe(RunOutcome.Waiting);
        Money first = (await BalanceAsync(bench)).Spent;
        await RunAnswers.AddAsync(bench.Store, "run-1", "yes");
        await HoldAsync(bench, 0.0003m - first.ToUsd());

        Should.Throw<AccountExceededException>(() => bench.Engine().ResumeAsync(Endless(), "run-1").GetAwaiter().GetResult());
        bench.Accounts["anna"] = bench.Accounts["anna"] with { Limit = Money.FromUsd(0.0007m) };
        RunResult result = await (await bench.Engine().ResumeAsync(Endless(), "run-1")).Completion;

        result.Budget.LimitUsd.ShouldBe(Money.FromUsd(0.0004m));
        result.Outcome.ShouldBe(RunOutcome.BudgetExceeded, "the account has no more for a second raise");
        (await BalanceAsync(bench)).Spent.ShouldBe(result.Budget.Spent.Usd);
    }

    [Fact]
    public async Task A_process_that_slept_until_its_money_was_given_back_spends_nothing_more()
    {
        var model = new FakeModel(async (_, _, token) =>
        {
            // nobody hears of this process for a minute, and another one draws
            _stores.Clock.Advance(TimeSpan.FromMinutes(1));
            SqliteRunStore other = _stores.Store();
            await other.Accounts.TryGrantAsync(Anna(5), Money.FromUsd(4), "other", token);
            return FakeModel.Text("ok");
        });
        // its heartbeat sleeps, too
        Bench bench = Create(limit: 5, budget: 3, model, _stores.Store(clock: new StoppedTimers(_stores.Clock)));

        RunResult result = await bench.RunAsync(Endless());

        model.Calls.ShouldBe(1);
        result.Outcome.ShouldBe(RunOutcome.Failed);
        result.Reason!.ShouldContain("was given back, because this process was not heard of for too long");
        (await BalanceAsync(bench)).ShouldBe(new SpendingBalance(Call, Money.FromUsd(4)));
    }

    [Fact]
    public void An_account_that_is_not_there_is_named()
    {
        Bench bench = Create(limit: 5, budget: 2);
        bench.Account = "nobody";
        Should.Throw<ConfigurationException>(() => bench.Begin(Endless(), CancellationToken.None)).Message.ShouldContain("There is no account 'nobody'");
        bench = new Bench { Account = "anna" };
        Should.Throw<ConfigurationException>(() => bench.Begin(Endless(), CancellationToken.None)).Message.ShouldContain("keeps no accounts");
    }

    [Fact]
    public void Runs_of_many_processes_at_once_never_spend_more_than_an_account_has()
    {
        int round = 0;
        using SqliteRunStore one = new(_stores.Folder), another = new(_stores.Folder);
        SqliteRunStore[] stores = [one, another];
        Gen.Select(Gen.Int[1, 12], Gen.Int[2, 30].Array[1, 8], Gen.Bool).Sample((limit, budgets, asks) =>
        {
            string account = $"round-{Interlocked.Increment(ref round)}";
            var anna = new SpendingAccount(account, SpendingPeriod.Day, Money.FromUsd(limit * 0.0001m));
            Money[] spent = [.. budgets.AsParallel().WithDegreeOfParallelism(4).Select((budget, i) => Spend(stores[i % 2], anna, budget, asks, i))];

            SpendingBalance balance = one.Accounts.BalanceAsync(anna).AsTask().GetAwaiter().GetResult();
            balance.Held.ShouldBe(Money.Zero);
            balance.Spent.ShouldBe(spent.Aggregate(Money.Zero, (sum, one) => sum + one));
            balance.Spent.ShouldBeLessThanOrEqualTo(anna.Limit);
        }, iter: 5, threads: 1);
    }

    private Money Spend(SqliteRunStore store, SpendingAccount account, int budget, bool asks, int number)
    {
        var bench = new Bench { Store = store, Account = account.Name, Person = new FakePerson("yes") };
        bench.Accounts[account.Name] = account;
        var request = new RunRequest
        {
            RunId = $"{account.Name}-{number}",
            Account = account.Name,
            Budget = new Budget { Usd = budget * 0.00002m, OnExceeded = asks ? OnExceeded.Ask : OnExceeded.Stop },
        };
        try
        {
            return bench.Engine().Start(Endless(), request).Completion.GetAwaiter().GetResult().Budget.Spent.Usd;
        }
        catch (AccountExceededException)
        {
            return Money.Zero;
        }
    }

    private static SpendingAccount Anna(decimal limit) => new("anna", SpendingPeriod.Day, Money.FromUsd(limit));

    private static ValueTask<SpendingBalance> BalanceAsync(Bench bench) => ((SqliteRunStore)bench.Store).Accounts.BalanceAsync(bench.Accounts["anna"]);

    private static async Task HoldAsync(Bench bench, decimal usd, string runId = "other") =>
        (await ((SqliteRunStore)bench.Store).Accounts.TryGrantAsync(bench.Accounts["anna"], Money.FromUsd(usd), runId)).ShouldNotBeNull();

    private static WorkflowDefinition Endless() => Workflow(Agent("code", "again"), Branch("again", (null, "code"))) with { MaxVisits = 200 };

    private Bench Create(decimal limit, decimal? budget, FakeModel? model = null, SqliteRunStore? store = null)
    {
        var bench = new Bench(model)
        {
            Store = store ?? _stores.Store(),
            Account = "anna",
            Budget = budget is null ? null : new Budget { Usd = budget },
        };
        bench.Accounts["anna"] = Anna(limit);
        return bench;
    }

    private sealed class StoppedTimers(TimeProvider clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            clock.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
