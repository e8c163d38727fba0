using System.Globalization;

namespace AgentRouter.Tools.Monitors;

/// <summary>Escalates when calls are made and nothing is satisfied by them.</summary>
/// <param name="mostCalls">How many calls may end without a capability being satisfied, from 1.</param>
public sealed class ProgressMonitor(int mostCalls = ProgressMonitor.MostCalls) : IToolMonitor
{
    /// <summary>The default: more than the ways around that most graphs have.</summary>
    public const int MostCalls = 10;

    private const double Stuck = 0.93;

    private readonly int _mostCalls = mostCalls > 0 ? mostCalls : throw new ArgumentOutOfRangeException(nameof(mostCalls), mostCalls, "At least one call is made without progress before anybody is asked.");

    /// <inheritdoc/>
    public string Name => "progress";

    /// <inheritdoc/>
    public ValueTask<MonitorSignal> ObserveAsync(MonitorContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new(context.CallsWithoutProgress >= _mostCalls
            ? new MonitorSignal(Stuck, MonitorAction.Escalate, string.Create(CultureInfo.InvariantCulture, $"The last {context.CallsWithoutProgress} calls have satisfied nothing."))
            : MonitorSignal.Quiet);
    }
}
