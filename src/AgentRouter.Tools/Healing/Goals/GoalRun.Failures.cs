using System.Text.Json.Nodes;
using AgentRouter.Events;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing.Calls;
using AgentRouter.Tools.Healing.Escalation;

namespace AgentRouter.Tools.Healing.Goals;

/// <content>What happens when a call fails.</content>
internal sealed partial class GoalRun
{
    // tools that were called, may have taken effect, and are tried again under the same key
    private readonly HashSet<int> _doubts = [];

    // whether what is out is only waited for, because no path is left
    private bool _isDraining;

    /// <summary>Heals a failure: finds out what it did, makes the tool dearer or leaves it out, and takes the path that is cheapest then.</summary>
    private async Task HealAsync(int tool, ToolFailure failure, CancellationToken cancellationToken)
    {
        CapabilityTool failed = _tools[tool];
        double before = _tools.WeightBefore(tool);
        _failures++;
        _withoutProgress++;
        int failures = _tools.Fail(tool);
        bool mayRetry = failure.Kind.MayPass() && failures < failed.Attempts && !(failure.RetryAfter > _options.LongestPause);
        if ((failure.MayHaveTakenEffect && failed.Effect != ToolEffect.None) || _doubts.Contains(tool))
        {
            if (await IsDoneAsync(tool, failure, mayRetry, cancellationToken))
            {
                Reroute(failed, failure, before, null);
                return;
            }
        }
        else
        {
            _tools.NoEffect(tool);
        }

        if (!mayRetry)
            _tools.Block(tool);
        string what = _leftBehind.Contains(failed.Name)
            ? $"{failed.Name}: {failure.Message.TrimEnd('.')}. {DoubtText.Of(failed, _attempts)}"
            : $"{failed.Name}: {failure.Message}";
        _reason = _isDraining ? $"{_reason} {what}" : what;
        if (_isGivenUp || _isDraining)
            return;
        if (_failures >= _options.MaxFailures)
        {
            await WithoutPathAsync($"{_failures} calls have failed, which is the most that is allowed for a goal. The last one was {what}", cancellationToken);
            return;
        }

        double after = _tools.Weight(tool);
        if (mayRetry && failure.RetryAfter is { } wait && double.IsInfinity(after) && _request.Recall is null && _tools.Plan(_needs, _facts.Names) is null)
        {
            // who asks for a moment is given it where there is no way around
            await Task.Delay(wait, _timeProvider, cancellationToken);
            after = _tools.Weight(tool);
        }

        if (!TryHeal(failed, failure, before, double.IsFinite(after) ? after : null))
            await WithoutPathAsync(what, cancellationToken);
    }

    private bool TryHeal(CapabilityTool failed, ToolFailure failure, double before, double? after)
    {
        if (_request.Recall?.Next() is { } recorded and not ToolRerouted || !TryPlan(out GoalPath? path))
            return false;
        _path = path;
        Reroute(failed, failure, before, after);
        return true;
    }

    private void Reroute(CapabilityTool failed, ToolFailure failure, double before, double? after)
    {
        if (_request.Recall?.Next() is ToolRerouted recorded)
        {
            Emit(recorded);
            return;
        }

        Emit(new ToolRerouted(failed.Name, NameOf(failure.Kind), failure.Message, [.. _path.Tools.Where(IsOpen).Select(at => _tools[at].Name)], _path.Cost, Finite(before), after));
    }

    /// <summary>Finds out whether a call took effect that nobody knows of.</summary>
    /// <returns>Whether it did, and the work goes on with it.</returns>
    private async Task<bool> IsDoneAsync(int tool, ToolFailure failure, bool mayRetry, CancellationToken cancellationToken)
    {
        CapabilityTool doubted = _tools[tool];
        if (_runner.LateOf(_tools[tool].Name) is { } late)
        {
            // it may still be at work: what is not done now may be done in a moment
            await late.WaitAsync(_options.LongestPause, _timeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        bool isOut = _runner.LateOf(_tools[tool].Name) is not null;
        if (doubted.Check is { } check && await CallHelperAsync(check, tool, cancellationToken) is { Failure: null } found
            && AnswerOf(check, doubted, found.Value) is { } isDone)
        {
            if (!isDone && isOut)
                return await AskAboutDoubtAsync(tool, failure, cancellationToken);
            Settle(tool, isDone ? "done" : "notDone", check);
            if (isDone)
                Satisfy(tool, found.Value);
            return isDone;
        }

        if (doubted.Effect == ToolEffect.Repeatable && mayRetry)
        {
            _doubts.Add(tool);
            return false;
        }

        if (!isOut && doubted.Undo is { } undo && await CallHelperAsync(undo, tool, cancellationToken) is { Failure: null })
        {
            Settle(tool, "undone", undo);
            _tools.CountUndo(tool);
            return false;
        }

        return await AskAboutDoubtAsync(tool, failure, cancellationToken);
    }

    private async Task<bool> AskAboutDoubtAsync(int tool, ToolFailure failure, CancellationToken cancellationToken)
    {
        CapabilityTool doubted = _tools[tool];
        _doubts.Remove(tool);
        if (_request.Person is not null && _escalations < _options.MaxEscalations)
        {
            EscalationDecision? decision = await DecideAsync(
                EscalationReason.Doubt, $"{doubted.Name} was called and failed ({failure.Message}), and it is not known whether it took effect.", doubted, null, byPerson: true, cancellationToken);
            switch (decision?.Kind)
            {
                case EscalationDecisionKind.Done:
                    Settle(tool, "done", "person");
                    Satisfy(tool, null);
                    return true;
                case EscalationDecisionKind.GoOn:
                    Settle(tool, "notDone", "person");
                    return false;
                case EscalationDecisionKind.GiveUp:
                    GiveUp(decision.Reason);
                    break;
            }
        }

        Emit(new ToolDoubtSettled(doubted.Name, "unknown", "nobody"));
        _leftBehind.Add(doubted.Name);
        _tools.Bar(tool);
        return false;
    }

    /// <summary>Settles the doubts that another try was to settle, and that nobody tries again.</summary>
    private async Task SettleDoubtsAsync(CancellationToken cancellationToken)
    {
        foreach (int tool in _doubts.ToArray())
        {
            if (_tools[tool].Undo is { } undo && _runner.LateOf(_tools[tool].Name) is null && await CallHelperAsync(undo, tool, cancellationToken) is { Failure: null })
            {
                Settle(tool, "undone", undo);
                _tools.CountUndo(tool);
                continue;
            }

            _doubts.Remove(tool);
            _leftBehind.Add(_tools[tool].Name);
            _tools.Bar(tool);
            Emit(new ToolDoubtSettled(_tools[tool].Name, "unknown", "nobody"));
        }
    }

    private void Settle(int tool, string verdict, string by)
    {
        _doubts.Remove(tool);
        if (verdict != "done")
            _tools.NoEffect(tool);
        Emit(new ToolDoubtSettled(_tools[tool].Name, verdict, by));
    }

    /// <summary>Calls a tool that checks or takes back what another one did.</summary>
    private async Task<ToolCallResult> CallHelperAsync(string name, int of, CancellationToken cancellationToken)
    {
        int tool = _tools.Graph.IndexOf(name);
        CapabilityTool helper = _tools[tool];
        if (_runner.ArgumentsOf(helper, _facts, out string? problem) is not { } arguments)
            return ToolCallResult.Failed(new ToolFailure(ToolFailureKind.WrongArguments, problem!));
        ToolCallResult result = default;
        for (int attempt = 1; attempt <= helper.Attempts; attempt++)
        {
            int number = _tools.CountCall(tool);
            var call = new ToolCall(helper, arguments.DeepClone().AsObject(), CallIdOf(helper, number), $"{KeyOf(of)}/{name}");
            bool isRecalled = IsRecalled(call);
            if (!isRecalled && !_tools.HealthOf(tool).TryEnter())
                return ToolCallResult.Failed(new ToolFailure(ToolFailureKind.Unreachable, $"{name} rests, because it failed too often."));
            if (attempt > 1)
                await PauseAsync(attempt - 1, isRecalled ? null : _tools.HealthOf(tool), cancellationToken);
            result = await _runner.CallAsync(call, isRecalled, cancellationToken);
            _attempts.Add(new ToolAttempt(name, result.Failure));
            if (result.Failure is not { } failure || !failure.Kind.MayPass())
                break;
        }

        return result;
    }

    /// <summary>Reads what a check says; an answer that does not tell is a failure of the check.</summary>
    private bool? AnswerOf(string check, CapabilityTool doubted, JsonNode? answer)
    {
        bool? isDone = CheckAnswer.Read(doubted, answer, out string? problem);
        if (problem is not null)
            _attempts[^1] = new ToolAttempt(check, new ToolFailure(ToolFailureKind.WrongResult, problem));
        return isDone;
    }

    private static string NameOf(ToolFailureKind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];

    // JSON knows no infinity
    private static double Finite(double weight) => double.IsFinite(weight) ? weight : double.MaxValue;
}
