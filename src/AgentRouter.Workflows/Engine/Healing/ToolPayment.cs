using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Routing.Tasks;
using AgentRouter.Tools;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Healing.Calls;

namespace AgentRouter.Workflows.Engine.Healing;

/// <summary>What a tool call takes from the budget: a step, and the money that the graph says it costs.</summary>
internal sealed class ToolPayment : IDisposable
{
    private readonly RunSession _run;
    private readonly TaskScope _scope;
    private readonly int _step;
    private readonly string _tool;
    private readonly BudgetReservation _reservation;

    private ToolPayment(RunSession run, TaskScope scope, int step, string tool, BudgetReservation reservation) =>
        (_run, _scope, _step, _tool, _reservation) = (run, scope, step, tool, reservation);

    /// <summary>Holds it.</summary>
    /// <exception cref="BudgetExceededException">It does not fit.</exception>
    public static async ValueTask<ToolPayment> HoldAsync(RunSession run, TaskScope scope, int step, OpenTool tool, ToolCall? healing, CancellationToken cancellationToken)
    {
        BudgetAmount amount = BudgetAmount.OneStep with { Usd = healing?.Tool.Price ?? Money.Zero };
        string name = tool.Description.FullName;
        while (true)
        {
            BudgetSnapshot? before = amount.Usd > Money.Zero && run.Log is not null ? scope.Ledger.Snapshot() : null;
            if (scope.Ledger.TryReserve(amount, out BudgetReservation? reservation, out BudgetRefusal? refusal, scope.Purpose))
            {
                reservation.MarkSent();
                if (before is not null)
                    run.Log?.Emit(new BudgetReserved(name, amount, before) { Node = scope.Node, Step = step });
                return new ToolPayment(run, scope, step, name, reservation);
            }

            run.Log?.Emit(new BudgetRefused(refusal) { Node = scope.Node });
            if (!await run.Question.RaiseAsync(refusal, cancellationToken))
                throw new BudgetExceededException(refusal, scope.Ledger.Budget.OnExceeded);
        }
    }

    /// <summary>Books it: the money where the tool did its work, or may have.</summary>
    public void Settle(ToolOutcome outcome)
    {
        if (_reservation.Amount.Usd <= Money.Zero)
            return;
        bool isFree = outcome.Failure is { MayHaveTakenEffect: false, Kind: not (ToolFailureKind.WrongResult or ToolFailureKind.EmptyResult) } || outcome.IsDeclined;
        BudgetAmount booked = isFree ? BudgetAmount.OneStep : _reservation.Amount;
        _reservation.Settle(booked);
        _run.Log?.Emit(new BudgetSettled(_tool, booked, InFull: false, _scope.Ledger.Snapshot()) { Node = _scope.Node, Step = _step });
    }

    /// <inheritdoc/>
    public void Dispose() => _reservation.Dispose();
}
