using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Routing.Tasks;

namespace AgentRouter.Workflows.Engine;

/// <summary>A part of the budget that was given to a branch, a map item or a nested workflow, or why it was not.</summary>
/// <param name="Child">The child's path.</param>
/// <param name="Ledger">The child's ledger.</param>
/// <param name="Refusal">Why it was not given.</param>
/// <param name="Declared">What the workflow itself declares of it; the rest is a share of the budget around it.</param>
internal readonly record struct Grant(string Child, BudgetLedger? Ledger, BudgetRefusal? Refusal, Budget? Declared);

/// <summary>Gives parts of the budget to children and takes back what they leave.</summary>
internal static class Grants
{
    /// <summary>Gives a declared part. The last answer is the run's, so a grant holds nothing back for one; how strictly it is
    /// kept follows the run's budget.</summary>
    public static Grant Give(RunSession run, string child, Budget declared)
    {
        TaskScope scope = TaskScope.Current!;
        Budget budget = declared with { Mode = scope.Ledger.Budget.Mode, OnExceeded = OnExceeded.Stop, ReserveForWrapUp = 0 };
        if (!scope.Ledger.TryGrant(budget, out BudgetLedger? ledger, out BudgetRefusal? refusal))
        {
            run.Log?.Emit(new BudgetRefused(refusal) { Node = child });
            return new Grant(child, null, refusal, null);
        }

        run.Log?.Emit(new GrantGiven(child, ledger.Snapshot()) { Node = scope.Node });
        return new Grant(child, ledger, null, declared);
    }

    /// <summary>Gives the next of several children an equal share of what is available. A share of calls, steps or tokens is at
    /// least one while there is one; a child that comes away with nothing is refused its first call, loudly.</summary>
    /// <param name="run">The run.</param>
    /// <param name="child">The child's path.</param>
    /// <param name="remaining">How many children have no share yet, this one included.</param>
    public static Grant GiveShare(RunSession run, string child, int remaining)
    {
        BudgetAmount available = TaskScope.Current!.Ledger.Available();
        Grant share = Give(run, child, new Budget
        {
            Usd = available.Usd == Money.MaxValue ? null : Money.FromPicodollars(available.Usd.Picodollars / remaining).ToUsd(),
            Tokens = Share(available.Tokens, remaining),
            Calls = Share(available.Calls, remaining),
            Steps = Share(available.Steps, remaining),
        });
        return share with { Declared = null };
    }

    /// <summary>Gives all children that start together their parts, before any of them works: what each declares, and in every
    /// dimension an equal share of what is left then to those that declare nothing in it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="children">The children's paths and what they declare.</param>
    public static Grant[] GiveEach(RunSession run, IReadOnlyList<(string Child, Budget? Declared)> children)
    {
        var grants = new Grant[children.Count];
        BudgetAmount available = TaskScope.Current!.Ledger.Available();
        long[] left = [available.Usd.Picodollars, available.Tokens, available.Calls, available.Steps];
        int[] sharing = new int[left.Length];
        var limits = new long?[children.Count][];
        for (int i = 0; i < limits.Length; i++)
        {
            limits[i] = LimitsOf(children[i].Declared);
            if (!Take(limits[i], left))
            {
                // refused, and said; its siblings share as if it were not there
                grants[i] = Give(run, children[i].Child, children[i].Declared!);
                continue;
            }

            for (int at = 0; at < left.Length; at++)
                sharing[at] += limits[i][at] is null ? 1 : 0;
        }

        foreach (bool declared in (bool[])[true, false])
        {
            for (int i = 0; i < limits.Length; i++)
            {
                if (grants[i].Child is not null || children[i].Declared is not null != declared)
                    continue;
                for (int at = 0; at < left.Length; at++)
                {
                    if (limits[i][at] is not null)
                        continue;
                    limits[i][at] = at == 0 && left[at] != long.MaxValue ? left[at] / sharing[at] : Share(left[at], sharing[at]);
                    left[at] -= limits[i][at] ?? 0;
                    sharing[at]--;
                }

                Grant grant = Give(run, children[i].Child, (children[i].Declared ?? new Budget()) with
                {
                    Usd = limits[i][0] is { } usd ? Money.FromPicodollars(usd).ToUsd() : null,
                    Tokens = limits[i][1],
                    Calls = limits[i][2],
                    Steps = limits[i][3],
                });
                grants[i] = grant with { Declared = children[i].Declared };
            }
        }

        return grants;
    }

    /// <summary>Lets a child work with its part, then takes back the rest. A declared part that is used up is the child's own
    /// failure; where a share of the budget is used up, or what the part leaves open, it is the budget's.</summary>
    public static async ValueTask<NodeResult> UseAsync(
        RunSession run, Grant grant, Func<CancellationToken, ValueTask<NodeResult>> work, CancellationToken cancellationToken)
    {
        if (grant.Ledger is not { } ledger)
            return NodeResult.Failed($"'{grant.Child}' could not be given its part of the budget: {grant.Refusal}.", grant.Refusal);
        TaskScope scope = TaskScope.Current!;
        using CancellationTokenSource? time = ledger.Budget.Time is { } limit && ledger.IsEnforced ? new(Clocks.Timer(limit), run.TimeProvider) : null;
        using CancellationTokenSource? either = time is null ? null : CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        NodeResult result;
        try
        {
            using TaskScope part = scope.BeginPart(grant.Child, ledger);
            result = await work(either?.Token ?? cancellationToken);
        }
        finally
        {
            Return(run, grant);
        }

        bool timeIsUp = result.Status == NodeStatus.Cancelled && time is { IsCancellationRequested: true } && !cancellationToken.IsCancellationRequested;
        if (timeIsUp)
            result = NodeResult.BudgetExceeded(TimeIsUp(ledger));
        if (result.Refusal is not { } used || !Declares(grant.Declared, used.Dimension, scope.Ledger))
            return result;
        return result.Status == NodeStatus.BudgetExceeded
            ? NodeResult.Failed($"The grant of '{grant.Child}' is used up: {used}.")
            : result.WithoutRefusal();
    }

    /// <summary>Takes a part back from a child that does not work, or works no more.</summary>
    public static void Return(RunSession run, Grant grant)
    {
        if (grant.Ledger is not { } ledger)
            return;
        ledger.Close();
        run.Log?.Emit(new GrantReturned(grant.Child, ledger.Snapshot().Spent) { Node = TaskScope.Current!.Node });
    }

    /// <summary>Says that the time of a ledger is up.</summary>
    public static BudgetRefusal TimeIsUp(BudgetLedger ledger)
    {
        BudgetSnapshot now = ledger.Snapshot();
        return new BudgetRefusal(BudgetDimension.Time, (long)(now.LimitTime ?? TimeSpan.Zero).TotalMilliseconds, (long)now.Elapsed.TotalMilliseconds, 0, 0);
    }

    private static bool Declares(Budget? declared, BudgetDimension dimension, BudgetLedger parent) => declared is not null && dimension switch
    {
        BudgetDimension.Usd => declared.Usd is not null,
        BudgetDimension.Tokens => declared.Tokens is not null,
        BudgetDimension.Calls => declared.Calls is not null,
        BudgetDimension.Steps => declared.Steps is not null,
        // time is not taken from the budget around it, which may be used up at the same moment
        _ => declared.Time is not null && parent.TimeRemaining() != TimeSpan.Zero,
    };

    private static long?[] LimitsOf(Budget? declared) =>
        [declared?.Usd is { } usd ? Money.FromUsd(usd).Picodollars : null, declared?.Tokens, declared?.Calls, declared?.Steps];

    // Takes the limits from what is left; nothing when they do not all fit.
    private static bool Take(long?[] limits, long[] left)
    {
        for (int at = 0; at < left.Length; at++)
        {
            if (limits[at] > left[at])
                return false;
        }

        for (int at = 0; at < left.Length; at++)
            left[at] -= left[at] == long.MaxValue ? 0 : limits[at] ?? 0;
        return true;
    }

    private static long? Share(long available, int remaining) =>
        available == long.MaxValue ? null : available == 0 ? 0 : Math.Max(1, available / remaining);
}
