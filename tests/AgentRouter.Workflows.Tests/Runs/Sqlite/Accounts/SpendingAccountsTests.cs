using AgentRouter.Budgets;
using AgentRouter.Pricing;
using AgentRouter.Workflows.Runs;
using AgentRouter.Workflows.Runs.Sqlite;
using AgentRouter.Workflows.Runs.Sqlite.Accounts;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Workflows.Tests.Runs.Sqlite.Accounts;

public sealed class SpendingAccountsTests : IDisposable
{
    private static readonly SpendingAccount Anna = new("user:anna", SpendingPeriod.Day, Money.FromUsd(10));

    private readonly StoreBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_grant_is_held_and_what_it_does_not_spend_returns()
    {
        SpendingAccounts accounts = _bench.Store().Accounts, others = _bench.Store().Accounts;
        SpendingGrant grant = (await accounts.TryGrantAsync(Anna, Money.FromUsd(6), "run-1")).ShouldNotBeNull();
        (await others.TryGrantAsync(Anna, Money.FromUsd(6), "run-2")).ShouldBeNull();
        (await others.BalanceAsync(Anna)).ShouldBe(new SpendingBalance(Money.Zero, Money.FromUsd(6)));

        await accounts.SettleAsync(grant, Money.FromPicodollars(1));

        (await others.BalanceAsync(Anna)).ShouldBe(new SpendingBalance(Money.FromPicodollars(1), Money.Zero));
        (await others.TryGrantAsync(Anna, Money.FromUsd(10), "run-2")).ShouldBeNull("a picodollar is missing");
        (await others.TryGrantAsync(Anna, Money.FromUsd(10) - Money.FromPicodollars(1), "run-2")).ShouldNotBeNull();
        await Should.ThrowAsync<InvalidOperationException>(async () => await accounts.SettleAsync(grant, Money.Zero));
    }

    [Fact]
    public async Task A_task_that_overruns_its_grant_is_booked_in_full()
    {
        SpendingAccounts accounts = _bench.Store().Accounts;
        SpendingGrant grant = (await accounts.TryGrantAsync(Anna, Money.FromUsd(6), "run-1"))!;
        await accounts.SettleAsync(grant, Money.FromUsd(11));
        (await accounts.BalanceAsync(Anna)).Spent.ShouldBe(Money.FromUsd(11));
        (await accounts.TryGrantAsync(Anna, Money.FromPicodollars(1), "run-2")).ShouldBeNull();
    }

    [Theory]
    [InlineData(SpendingPeriod.Day, 1, true)]
    [InlineData(SpendingPeriod.Month, 1, false)]
    [InlineData(SpendingPeriod.Month, 31, true)]
    [InlineData(SpendingPeriod.None, 400, false)]
    public async Task A_limit_begins_anew_with_its_period(SpendingPeriod period, int days, bool isNew)
    {
        SpendingAccounts accounts = _bench.Store().Accounts;
        SpendingAccount account = Anna with { Period = period };
        await accounts.SettleAsync((await accounts.TryGrantAsync(account, Money.FromUsd(10), "run-1"))!, Money.FromUsd(10));
        _bench.Clock.Advance(TimeSpan.FromDays(days));
        (await accounts.TryGrantAsync(account, Money.FromUsd(10), "run-2") is not null).ShouldBe(isNew);
    }

    [Fact]
    public async Task The_grant_of_a_run_that_died_is_held_while_in_doubt_and_then_settled_at_what_its_record_says()
    {
        var stopped = new FakeTimeProvider(StoreBench.Start);
        SqliteRunStore dead = _bench.Store(clock: stopped);
        SpendingGrant grant = (await dead.Accounts.TryGrantAsync(Anna, Money.FromUsd(8), "run-1"))!;
        IRunRecord record = await dead.CreateAsync("run-1");
        await record.AppendAsync([.. StoreBench.Begin("run-1"), .. StoreBench.Step("run-1", 1), .. StoreBench.Step("run-1", 2)]);
        SpendingAccounts accounts = _bench.Store().Accounts;
        _bench.Clock.Advance(TimeSpan.FromSeconds(29));
        (await accounts.BalanceAsync(Anna)).Held.ShouldBe(Money.FromUsd(8));

        _bench.Clock.Advance(TimeSpan.FromSeconds(1));

        (await accounts.BalanceAsync(Anna)).ShouldBe(new SpendingBalance(Money.FromUsd(1), Money.Zero));
        // it was only asleep, and knows of more
        await dead.Accounts.SettleAsync(grant, Money.FromUsd(3));
        (await accounts.BalanceAsync(Anna)).ShouldBe(new SpendingBalance(Money.FromUsd(3), Money.Zero));
    }

    [Fact]
    public async Task A_run_that_works_keeps_its_grant_and_one_that_goes_on_settles_it_for_the_next()
    {
        SqliteRunStore store = _bench.Store();
        await store.Accounts.TryGrantAsync(Anna, Money.FromUsd(8), "run-1");
        await using IRunRecord record = await store.CreateAsync("run-1");
        await record.AppendAsync([.. StoreBench.Begin("run-1"), .. StoreBench.Step("run-1", 1)]);
        _bench.Clock.Advance(TimeSpan.FromMinutes(10));
        (await store.Accounts.BalanceAsync(Anna)).Held.ShouldBe(Money.FromUsd(8));

        (await store.Accounts.TryGrantAsync(Anna, Money.FromUsd(9), "run-1")).ShouldNotBeNull();

        (await store.Accounts.BalanceAsync(Anna)).ShouldBe(new SpendingBalance(Money.FromUsd(0.5m), Money.FromUsd(9)));
    }

    [Fact]
    public async Task Money_for_a_run_that_does_not_begin_returns_and_the_run_cannot_begin_without_it()
    {
        SqliteRunStore store = _bench.Store();
        await store.Accounts.TryGrantAsync(Anna, Money.FromUsd(8), "run-1");
        _bench.Clock.AdjustTime(StoreBench.Start.AddDays(-2).AddHours(1));
        (await store.Accounts.TryGrantAsync(Anna with { Period = SpendingPeriod.None }, Money.FromUsd(1), "run-2")).ShouldNotBeNull("the clock went back, the grant is in another period");
        _bench.Clock.Advance(TimeSpan.FromSeconds(30));
        await store.Accounts.BalanceAsync(Anna);
        (await Should.ThrowAsync<IOException>(async () => await store.CreateAsync("run-1"))).Message.ShouldContain("was given back");
        _bench.Clock.AdjustTime(StoreBench.Start);
        (await store.Accounts.BalanceAsync(Anna)).Held.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task A_deleted_run_leaves_what_it_spent_in_the_account()
    {
        SqliteRunStore store = _bench.Store();
        await store.Accounts.TryGrantAsync(Anna, Money.FromUsd(8), "run-1");
        await StoreBench.RecordAsync(store, "run-1", steps: 2);
        await store.DeleteAsync("run-1");
        (await store.Accounts.BalanceAsync(Anna)).ShouldBe(new SpendingBalance(Money.FromUsd(1), Money.Zero));
    }

    [Fact]
    public void No_interleaving_of_two_processes_passes_the_limit()
    {
        SpendingAccounts[] accounts = [_bench.Store().Accounts, _bench.Store().Accounts];
        int runs = 0, round = 0;
        Gen.Select(Gen.Int[0, 1], Gen.Long[1, 40], Gen.Int[0, 9]).Array[1, 25].Sample(steps =>
        {
            var account = new SpendingAccount($"round-{Interlocked.Increment(ref round)}", SpendingPeriod.None, Money.FromPicodollars(100));
            var open = new List<SpendingGrant>();
            long spent = 0;
            foreach ((int who, long amount, int what) in steps)
            {
                if (what < 6 || open.Count == 0)
                {
                    bool fits = spent + open.Sum(grant => grant.Usd.Picodollars) + amount <= 100;
                    SpendingGrant? grant = Done(accounts[who].TryGrantAsync(account, Money.FromPicodollars(amount), $"run-{Interlocked.Increment(ref runs)}"));
                    (grant is not null).ShouldBe(fits);
                    if (grant is not null)
                        open.Add(grant);
                }
                else
                {
                    SpendingGrant grant = open[(int)(amount % open.Count)];
                    open.Remove(grant);
                    long part = grant.Usd.Picodollars * what / 9;
                    spent += part;
                    accounts[who].SettleAsync(grant, Money.FromPicodollars(part)).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
                }

                SpendingBalance balance = Done(accounts[1 - who].BalanceAsync(account));
                balance.ShouldBe(new SpendingBalance(Money.FromPicodollars(spent), Money.FromPicodollars(open.Sum(grant => grant.Usd.Picodollars))));
                (balance.Spent + balance.Held).ShouldBeLessThanOrEqualTo(account.Limit);
            }
        }, iter: 20, threads: 1);
    }

    [Fact]
    public async Task Processes_that_draw_at_once_never_get_more_than_there_is()
    {
        SqliteRunStore[] stores = [_bench.Store(), _bench.Store()];
        foreach (SqliteRunStore store in stores)
            store.Writer.Write(db => db.Execute("PRAGMA busy_timeout = 5000"));
        SpendingGrant?[] grants = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
            await stores[i % 2].Accounts.TryGrantAsync(Anna, Money.FromUsd(0.7m), $"run-{i}"))));
        grants.Count(grant => grant is not null).ShouldBe(14);
        (await stores[0].Accounts.BalanceAsync(Anna)).Held.ShouldBe(Money.FromUsd(9.8m));
    }

    // every member of a store on this machine is done when it returns
    private static T Done<T>(ValueTask<T> task) => task.IsCompletedSuccessfully ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("The store was expected to be done.");
}
