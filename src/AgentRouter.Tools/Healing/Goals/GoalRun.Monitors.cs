using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Events;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing.Calls;
using AgentRouter.Tools.Healing.Escalation;
using AgentRouter.Tools.Monitors;

namespace AgentRouter.Tools.Healing.Goals;

/// <content>What monitors and health do to a call before it is made.</content>
internal sealed partial class GoalRun
{
    private const string HealthName = "health";

    // what somebody has allowed that a monitor stopped; the other monitors still have their say
    private readonly HashSet<(int Tool, string Monitor)> _allowed = [];
    private bool _isPressed;

    // a lesser goal is taken for a want of money once, and not where there is none
    private bool CanDemote => !_isPressed && _nextLesser < Goal.Lesser.Count;

    /// <summary>Asks whether a call may be made, and takes the right to make it.</summary>
    /// <returns>Whether something else happens instead; done already.</returns>
    private async Task<bool> InterruptedAsync(int tool, ToolCall call, CancellationToken cancellationToken)
    {
        ToolInterrupted? signal = _request.Recall?.Next() is ToolInterrupted recorded && recorded.Tool == call.Tool.Name
            ? recorded
            : await SignalAsync(tool, call, cancellationToken);
        if (signal is not null)
        {
            await InterruptAsync(tool, call, signal, cancellationToken);
            return true;
        }

        if (_tools.HealthOf(tool).TryEnter())
            return false;
        await InterruptAsync(tool, call, new ToolInterrupted(HealthName, HealthMonitor.Down, call.Tool.Name, NameOf(MonitorAction.Reroute), "The tool rests, or its calls are used up."), cancellationToken);
        return true;
    }

    private async ValueTask<ToolInterrupted?> SignalAsync(int tool, ToolCall call, CancellationToken cancellationToken)
    {
        var context = new MonitorContext(Goal, call.Tool, call.Arguments)
        {
            Graph = _tools.Graph,
            Health = _tools.HealthOf(tool),
            Amount = AmountOf(call.Tool),
            Intent = _request.Intent,
            CallsWithoutProgress = _withoutProgress,
            Ledger = _request.Ledger,
        };
        return await _monitors.ObserveAsync(context, (monitor, signal) => _allowed.Contains((tool, monitor.Name)) || (signal.Action == MonitorAction.Demote && !CanDemote), cancellationToken) is var (monitor, signal) && signal.Action != MonitorAction.None && signal.Priority >= _options.InterruptAt
            ? new ToolInterrupted(monitor.Name, signal.Priority, call.Tool.Name, NameOf(signal.Action), ToolFailures.Shorten(signal.Message))
            : null;
    }

    private async Task InterruptAsync(int tool, ToolCall call, ToolInterrupted interrupted, CancellationToken cancellationToken)
    {
        Emit(interrupted);
        string reason = $"{interrupted.Monitor} stopped {call.Tool.Name}: {interrupted.Message}";
        switch (Enum.Parse<MonitorAction>(interrupted.Action, ignoreCase: true))
        {
            case MonitorAction.Reroute:
                await HealAsync(tool, new ToolFailure(interrupted.Monitor == HealthName ? ToolFailureKind.Unreachable : ToolFailureKind.Declined, interrupted.Message), cancellationToken);
                break;
            case MonitorAction.Demote:
                _isPressed = true;
                await WithoutPathAsync(reason, cancellationToken);
                break;
            case MonitorAction.Ask:
                await AskAsync(tool, call, interrupted.Monitor, reason, byPerson: true, cancellationToken);
                break;
            case MonitorAction.Escalate:
                await AskAsync(tool, call, interrupted.Monitor, reason, byPerson: false, cancellationToken);
                break;
            default:
                Emit(new GoalEscalated(Goal.Name, "nobody", ToolFailures.Shorten(reason), [.. Missing]));
                GiveUp(reason);
                break;
        }
    }

    private async Task AskAsync(int tool, ToolCall call, string monitor, string reason, bool byPerson, CancellationToken cancellationToken)
    {
        EscalationDecision? decision = await DecideAsync(EscalationReason.Interrupted, reason, call.Tool, call.Arguments, byPerson, cancellationToken);
        switch (decision?.Kind)
        {
            case EscalationDecisionKind.GoOn:
                _allowed.Add((tool, monitor));
                return;
            case EscalationDecisionKind.Done when byPerson:
                _tools.Effect(tool);
                Satisfy(tool, JsonValue.Create("done by hand: " + decision.Reason));
                return;
        }

        await RefuseAsync(tool, call.Tool, reason, decision, byPerson, cancellationToken);
    }

    /// <summary>Goes around what was refused: it must not come about over another tool.</summary>
    private async Task RefuseAsync(int tool, CapabilityTool refused, string reason, EscalationDecision? decision, bool byPerson, CancellationToken cancellationToken)
    {
        foreach (int other in _tools.Relevant)
        {
            if (other == tool || (_tools[other].Effect != ToolEffect.None && _tools[other].Provides.Intersect(refused.Provides).Any()))
                _tools.Bar(other);
        }

        _tools.NoEffect(tool);
        _reason = decision is { Reason.Length: > 0 } ? $"{reason} {decision.Reason}" : reason;
        bool isWayAround = byPerson && decision?.Capability is { } capability && refused.Provides.Contains(capability);
        if (decision?.Kind == EscalationDecisionKind.UseTool && !isWayAround && Use(decision) is null)
            await GoOnAsync(_reason, cancellationToken);
        else if (!TryHeal(refused, new ToolFailure(ToolFailureKind.Declined, _reason), _tools.WeightBefore(tool), null))
            await DemoteOrGiveUpAsync(cancellationToken);
    }

    private async Task DemoteOrGiveUpAsync(CancellationToken cancellationToken)
    {
        await DrainAsync(cancellationToken);
        if (!_isGivenUp && IsAnythingMissing && !await DemoteAsync(cancellationToken))
            GiveUp(_reason!);
    }

    private decimal? AmountOf(CapabilityTool tool) =>
        tool.Amount is { } path && _facts.Find(path) is { } value && value.GetValueKind() is JsonValueKind.Number or JsonValueKind.String
        && decimal.TryParse(value.ToJsonString().Trim('"'), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal amount)
            ? amount
            : null;

    private static string NameOf(MonitorAction action) => char.ToLowerInvariant(action.ToString()[0]) + action.ToString()[1..];
}
