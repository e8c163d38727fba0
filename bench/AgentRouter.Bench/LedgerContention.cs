using System.Diagnostics;
using System.Globalization;
using AgentRouter.Budgets;
using AgentRouter.Pricing;

namespace AgentRouter.Bench;

/// <summary>Many threads that reserve, settle, release and drop reservations on one enforced ledger, while another watches it.</summary>
internal static class LedgerContention
{
    public static async Task<Report> RunAsync(int threads, int rounds)
    {
        Report report = new Report("ledger", "Budget ledger under contention")
            .Text($"{threads} threads × {rounds:N0} reservations on one enforced budget that is far too small for them; each accepted one ends in one of")
            .Text("four ways, by a seeded draw: settled at a random part, settled in full, released, or dropped after it was sent (booked in full).")
            .Text("A watcher reads the ledger all the while. *Overspend* counts instants at which spent + reserved was above the limit.")
            .Header("ledger", "operations/s", "accepted", "refused", "overspend", "booked twice or lost");
        foreach (bool children in (bool[])[false, true])
        {
            Result result = await MeasureAsync(threads, rounds, children).ConfigureAwait(false);
            report.Row(children ? "one child a thread" : "one for all", result.PerSecond.ToString("N0", CultureInfo.InvariantCulture),
                result.Accepted.ToString("N0", CultureInfo.InvariantCulture), result.Refused.ToString("N0", CultureInfo.InvariantCulture),
                result.Overspends.ToString(CultureInfo.InvariantCulture), result.Difference.ToString(CultureInfo.InvariantCulture));
        }

        return report;
    }

    private static async Task<Result> MeasureAsync(int threads, int rounds, bool children)
    {
        // small enough that most reservations are refused near the end, which is where an overspend would happen
        long limit = threads * (long)rounds * 25;
        var budget = new Budget { Usd = Money.FromPicodollars(limit).ToUsd(), Tokens = limit, OnExceeded = OnExceeded.Stop };
        var ledger = new BudgetLedger(budget);
        long accepted = 0, refused = 0, booked = 0, overspends = 0;
        using var done = new CancellationTokenSource();
        Task watcher = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                BudgetSnapshot now = ledger.Snapshot();
                if (now.Spent.Usd + now.Reserved.Usd > now.LimitUsd || now.Spent.Tokens + now.Reserved.Tokens > now.LimitTokens)
                    overspends++;
            }
        });
        Budget grant = budget with { Usd = Money.FromPicodollars(limit / threads).ToUsd(), Tokens = limit / threads };
        long began = Stopwatch.GetTimestamp();
        var workers = new Thread[threads];
        for (int t = 0; t < threads; t++)
        {
            int seed = t;
            workers[t] = new Thread(() =>
            {
                BudgetLedger at = ledger;
                if (children && !ledger.TryGrant(grant, out at!, out _))
                    throw new InvalidOperationException("The grant did not fit.");
                (long a, long r, long b) = Work(at, new Random(seed), rounds);
                if (children)
                    at.Close();
                Interlocked.Add(ref accepted, a);
                Interlocked.Add(ref refused, r);
                Interlocked.Add(ref booked, b);
            });
            workers[t].Start();
        }

        foreach (Thread worker in workers)
            worker.Join();
        TimeSpan took = Stopwatch.GetElapsedTime(began);
        await done.CancelAsync().ConfigureAwait(false);
        await watcher.ConfigureAwait(false);
        BudgetSnapshot end = ledger.Snapshot();
        long difference = Math.Abs(end.Spent.Usd.Picodollars - booked) + Math.Abs(end.Spent.Tokens - booked) + end.Reserved.Tokens;
        return new Result((accepted * 2 + refused) / took.TotalSeconds, accepted, refused, overspends, difference);
    }

    private static (long Accepted, long Refused, long Booked) Work(BudgetLedger ledger, Random random, int rounds)
    {
        long accepted = 0, refused = 0, booked = 0;
        for (int i = 0; i < rounds; i++)
        {
            long worst = random.Next(1, 100);
            if (!ledger.TryReserve(Amount(worst), out BudgetReservation? held, out _))
            {
                refused++;
                continue;
            }

            accepted++;
            switch (random.Next(4))
            {
                case 0:
                    long part = random.NextInt64(worst + 1);
                    held.Settle(Amount(part));
                    booked += part;
                    break;
                case 1:
                    held.SettleInFull();
                    booked += worst;
                    break;
                case 2:
                    held.Release();
                    break;
                default:
                    held.MarkSent();
                    held.Dispose();
                    booked += worst;
                    break;
            }
        }

        return (accepted, refused, booked);
    }

    private static BudgetAmount Amount(long units) => new(Money.FromPicodollars(units), units, 0, 0);

    private sealed record Result(double PerSecond, long Accepted, long Refused, long Overspends, long Difference);
}
