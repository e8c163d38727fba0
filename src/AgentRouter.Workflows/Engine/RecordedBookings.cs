using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Routing.Tasks;

namespace AgentRouter.Workflows.Engine;

/// <summary>Books again what vectors cost before the process ended: those of a search for skills, or of a task whose memory is searched. Nothing is sent for it: what came of it is recorded too.</summary>
/// <remarks>A request that was sent and has no end in the record is in doubt: all that was held for it is booked, and it is made again.</remarks>
internal static class RecordedBookings
{
    /// <summary>Books what is recorded next of a node.</summary>
    /// <param name="context">The node.</param>
    /// <param name="cancellationToken">Ends the wait for its turn.</param>
    /// <returns>Why the vector of the task was refused; <see langword="null"/> where it was not, or nothing is recorded.</returns>
    public static async ValueTask<BudgetRefusal?> BookAgainAsync(NodeContext context, CancellationToken cancellationToken)
    {
        if (context.Run.Log is not { Replay: { } replay } log)
            return null;
        BudgetRefusal? refusal = null;
        while (!replay.IsOver && replay.Peek(context.Path, null) is (BudgetReserved or BudgetRefused))
        {
            await log.EndTurnAsync(context.Path, cancellationToken);
            RunEvent recorded = replay.Peek(context.Path, null)!;
            log.Emit(recorded);
            if (recorded is BudgetReserved reserved)
                Book(context, log, reserved);
            else
                refusal = ((BudgetRefused)recorded).Refusal;
        }

        return refusal;
    }

    private static void Book(NodeContext context, RunLog log, BudgetReserved reserved)
    {
        TaskScope scope = TaskScope.Current!;
        if (!scope.Ledger.TryReserve(reserved.Held, out BudgetReservation? reservation, out BudgetRefusal? refusal, scope.Purpose))
            throw new BudgetExceededException(refusal, scope.Ledger.Budget.OnExceeded);
        using (reservation)
        {
            reservation.MarkSent();
            if (log.Replay!.Peek(context.Path, null) is BudgetOverrun overrun)
                log.Emit(overrun);
            var settled = log.Replay.Peek(context.Path, null) as BudgetSettled;
            reservation.Settle(settled?.Booked ?? reserved.Held);
            log.Emit(settled ?? new BudgetSettled(reserved.Model, reserved.Held, InFull: true, scope.Ledger.Snapshot()) { Node = context.Path });
        }
    }
}
