using AgentRouter.Budgets;
using AgentRouter.Pricing;
using CsCheck;

namespace AgentRouter.Tests.Budgets;

/// <summary>The invariants of the ledger, under any order of operations and under real threads.</summary>
public sealed class BudgetLedgerProperties
{
    private const long Limit = 1_000;

    private static BudgetAmount Amount(long units) => new(Money.FromPicodollars(units), units, 1, 1);

    private static Budget Budget(long units) => new() { Usd = Money.FromPicodollars(units).ToUsd(), Tokens = units, OnExceeded = OnExceeded.Stop };

    private static void ShouldHold(BudgetSnapshot now)
    {
        (now.Spent.Usd + now.Reserved.Usd).ShouldBeLessThanOrEqualTo(now.LimitUsd!.Value);
        (now.Spent.Tokens + now.Reserved.Tokens).ShouldBeLessThanOrEqualTo(now.LimitTokens!.Value);
        now.Reserved.Usd.IsNegative.ShouldBeFalse();
        now.Reserved.Tokens.ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void Spent_plus_reserved_never_passes_the_limit_and_spent_only_grows() =>
        Gen.Select(Gen.Int[0, 5], Gen.Long[0, 400], Gen.Long[0, 400]).Array[1, 60].Sample(operations =>
        {
            var ledger = new BudgetLedger(Budget(Limit));
            var open = new List<BudgetReservation>();
            var children = new List<BudgetLedger>();
            long expected = 0;
            Money lastSpent = Money.Zero;
            foreach ((int kind, long a, long b) in operations)
            {
                BudgetLedger at = children.Count > 0 && a % 2 == 0 ? children[^1] : ledger;
                switch (kind)
                {
                    case 0 or 1:
                        if (at.TryReserve(Amount(a), out BudgetReservation? made, out _))
                            open.Add(made);
                        break;
                    case 2 when open.Count > 0:
                        // a provider that keeps to the limit it was sent
                        long actual = Math.Min(b, open[0].Amount.Tokens);
                        open[0].Settle(Amount(actual));
                        expected += actual;
                        open.RemoveAt(0);
                        break;
                    case 3 when open.Count > 0:
                        open[^1].Release();
                        open.RemoveAt(open.Count - 1);
                        break;
                    case 4:
                        if (at.TryGrant(Budget(a), out BudgetLedger? child, out _))
                            children.Add(child);
                        break;
                    case 5 when open.Count == 0 && children.Count > 0:
                        children[^1].Close();
                        children.RemoveAt(children.Count - 1);
                        break;
                }

                BudgetSnapshot now = ledger.Snapshot();
                ShouldHold(now);
                foreach (BudgetLedger child in children)
                    ShouldHold(child.Snapshot());
                now.Spent.Usd.ShouldBeGreaterThanOrEqualTo(lastSpent);
                lastSpent = now.Spent.Usd;
            }

            foreach (BudgetReservation reservation in open)
                reservation.Release();
            for (int i = children.Count - 1; i >= 0; i--)
                children[i].Close();
            ledger.Snapshot().Reserved.Usd.ShouldBe(Money.Zero);
            ledger.Snapshot().Spent.Usd.Picodollars.ShouldBe(expected);
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Threads_that_reserve_settle_and_cancel_never_overspend(bool throughChildren)
    {
        const int threads = 16, rounds = 4_000;
        var ledger = new BudgetLedger(Budget(500_000));
        long booked = 0, overspends = 0;
        using var done = new CancellationTokenSource();
        Task watcher = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                BudgetSnapshot now = ledger.Snapshot();
                if (now.Spent.Tokens + now.Reserved.Tokens > 500_000)
                    Interlocked.Increment(ref overspends);
            }
        });

        await Task.WhenAll(Enumerable.Range(0, threads).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            BudgetLedger at = ledger;
            if (throughChildren)
                ledger.TryGrant(Budget(20_000), out at!, out _).ShouldBeTrue();
            for (int i = 0; i < rounds; i++)
            {
                if (!at.TryReserve(Amount(random.Next(1, 200)), out BudgetReservation? held, out _))
                    continue;
                switch (random.Next(4))
                {
                    case 0:
                        held.Release();
                        break;
                    case 1:
                        held.MarkSent();
                        held.Dispose();
                        Interlocked.Add(ref booked, held.Amount.Tokens);
                        break;
                    default:
                        long actual = random.NextInt64(held.Amount.Tokens + 1);
                        held.Settle(Amount(actual));
                        Interlocked.Add(ref booked, actual);
                        break;
                }
            }

            if (throughChildren)
                at.Close();
        })));
        await done.CancelAsync();
        await watcher;

        overspends.ShouldBe(0);
        BudgetSnapshot end = ledger.Snapshot();
        end.Spent.Tokens.ShouldBe(booked);
        end.Spent.Usd.Picodollars.ShouldBe(booked);
        end.Reserved.ShouldBe(default);
        booked.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_reservation_that_many_threads_end_is_booked_once()
    {
        for (int round = 0; round < 300; round++)
        {
            var ledger = new BudgetLedger(Budget(Limit));
            ledger.TryReserve(Amount(100), out BudgetReservation? held, out _);
            int ended = 0;

            await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() =>
            {
                try
                {
                    held!.Settle(Amount(50));
                    Interlocked.Increment(ref ended);
                }
                catch (InvalidOperationException)
                {
                    // somebody else ended it
                }
            })));

            ended.ShouldBe(1);
            ledger.Snapshot().Spent.Tokens.ShouldBe(50);
        }
    }
}
