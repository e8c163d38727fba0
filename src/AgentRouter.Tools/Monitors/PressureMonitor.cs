using System.Globalization;

namespace AgentRouter.Tools.Monitors;

/// <summary>Takes a lesser goal when the task's budget is nearly used up, in the dimension of it that is nearest its end.</summary>
/// <param name="usedShare">The share of the budget from which it does, above 0 and up to 1.</param>
public sealed class PressureMonitor(double usedShare = PressureMonitor.UsedShare) : IToolMonitor
{
    /// <summary>The default: what is left is for the answer.</summary>
    public const double UsedShare = 0.95;

    private const double Pressed = 0.91;

    private readonly double _usedShare = usedShare is > 0 and <= 1 ? usedShare : throw new ArgumentOutOfRangeException(nameof(usedShare), usedShare, "The share is above 0 and at most 1.");

    /// <inheritdoc/>
    public string Name => "budget";

    /// <inheritdoc/>
    public ValueTask<MonitorSignal> ObserveAsync(MonitorContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Goal.Lesser.Count == 0 || context.Ledger is not { } ledger || 1 - ledger.LeftShare < _usedShare)
            return new(MonitorSignal.Quiet);
        return new(new MonitorSignal(Pressed, MonitorAction.Demote, string.Create(CultureInfo.InvariantCulture, $"{1 - ledger.LeftShare:P0} of the budget is used.")));
    }
}
