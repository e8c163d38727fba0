using System.Globalization;
using System.Text.Json.Nodes;
using AgentRouter.Events;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing.Calls;
using AgentRouter.Tools.Healing.Escalation;

namespace AgentRouter.Tools.Healing.Goals;

/// <content>What happens when no path is left: lesser goals, somebody who decides, and taking back.</content>
internal sealed partial class GoalRun
{
    /// <summary>Takes the next lesser goal that can be reached, or asks.</summary>
    private async Task WithoutPathAsync(string reason, CancellationToken cancellationToken)
    {
        _reason = reason;
        await DrainAsync(cancellationToken);
        if (!_isGivenUp && IsAnythingMissing && !await DemoteAsync(cancellationToken))
            await EscalateAsync(_reason, cancellationToken);
    }

    // where the work stands is known only when nothing is out any more
    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        _isDraining = true;
        while (_running.Count > 0)
            await TakeNextAsync(cancellationToken);
        _isDraining = false;
    }

    private async Task<bool> DemoteAsync(CancellationToken cancellationToken)
    {
        while (_nextLesser < Goal.Lesser.Count && _request.Recall?.Next() is null or GoalDemoted)
        {
            LesserGoal lesser = Goal.Lesser[_nextLesser++];
            bool isOther = _request.Recall?.Next() is GoalDemoted recorded && recorded.Lesser != lesser.Name;
            if (isOther || !TryPlan(out GoalPath? path, lesser.Needs))
                continue;
            _path = path;
            Emit(new GoalDemoted(Goal.Name, lesser.Name, [.. Goal.Needs.Except(lesser.Needs).Where(need => !_facts.Has(need))], ToolFailures.Shorten(_reason!), NamesOf(path)));
            (_lesser, _needs) = (lesser.Name, lesser.Needs);
            await SettleDoubtsAsync(cancellationToken);
            await UndoAsync([.. lesser.Needs, .. path.Tools.SelectMany(tool => _tools[tool].Needs)], cancellationToken);
            return true;
        }

        return false;
    }

    /// <summary>Takes back the effects that are not wanted any more, the last one first.</summary>
    /// <param name="wanted">The capabilities that are.</param>
    /// <param name="cancellationToken">Cancels the taking back.</param>
    private async Task UndoAsync(IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        HashSet<string> kept = [.. wanted];
        for (int at = _done.Count - 1; at >= 0; at--)
        {
            CapabilityTool done = _tools[_done[at]];
            if (done.Provides.Any(kept.Contains))
            {
                kept.UnionWith(done.Needs);
                continue;
            }

            if (done.Effect != ToolEffect.None)
                await UndoAsync(_done[at], cancellationToken);
        }
    }

    private async Task UndoAsync(int tool, CancellationToken cancellationToken)
    {
        CapabilityTool done = _tools[tool];
        ToolFailure? failure = null;
        if (done.Undo is { } undo)
            failure = (await CallHelperAsync(undo, tool, cancellationToken)).Failure;
        bool isUndone = done.Undo is not null && failure is null;
        Emit(new ToolUndone(done.Name, done.Undo, isUndone, failure?.Message));
        if (!isUndone)
        {
            _leftBehind.Add(done.Name);
            return;
        }

        _done.Remove(tool);
        _tools.NoEffect(tool);
        _tools.CountUndo(tool);
        foreach (string capability in done.Provides)
            _facts.Forget(capability);
    }

    /// <summary>Asks who may decide where no path is left, and does what is decided.</summary>
    private async Task EscalateAsync(string reason, CancellationToken cancellationToken)
    {
        EscalationDecision? decision = await DecideAsync(EscalationReason.NoPath, reason, null, null, byPerson: false, cancellationToken);
        switch (decision?.Kind)
        {
            case EscalationDecisionKind.GoOn:
                _tools.UnblockAll();
                await GoOnAsync(reason, cancellationToken);
                break;
            case EscalationDecisionKind.UseTool:
                await GoOnAsync(Use(decision) ?? reason, cancellationToken);
                break;
            case EscalationDecisionKind.Done:
                foreach (string missing in Missing.ToArray())
                    _facts.Set(missing, JsonValue.Create("done by hand: " + decision.Reason));
                break;
            default:
                GiveUp(decision is { Reason.Length: > 0 } ? $"{reason} {decision.Reason}" : reason);
                break;
        }
    }

    /// <summary>Takes the path that leads on from where the work stands, or asks again.</summary>
    private async Task GoOnAsync(string reason, CancellationToken cancellationToken)
    {
        if (_request.Recall?.Next() is null or ToolPathPlanned && TryPlan(out GoalPath? path))
            Take(path);
        else
            await EscalateAsync(reason, cancellationToken);
    }

    /// <summary>Asks a model first, then a person; or a person at once.</summary>
    private async Task<EscalationDecision?> DecideAsync(
        EscalationReason why, string reason, CapabilityTool? tool, JsonObject? arguments, bool byPerson, CancellationToken cancellationToken)
    {
        (string Name, IHealingEscalation? Who)[] order = byPerson
            ? [("person", _request.Person), ("model", why == EscalationReason.Doubt ? null : _request.Model)]
            : [("model", _request.Model), ("person", _request.Person)];
        foreach ((string name, IHealingEscalation? who) in order)
        {
            if (who is null || _escalations >= _options.MaxEscalations)
                continue;
            _escalations++;
            Emit(new GoalEscalated(Goal.Name, name, ToolFailures.Shorten(reason), [.. Missing]));
            EscalationDecision? decision = await who.DecideAsync(
                new EscalationRequest(Goal.Name, why, reason, tool, [.. Missing]) { Graph = _tools.Graph, Facts = _facts.ToJson(), Attempts = [.. _attempts], Arguments = arguments },
                cancellationToken);
            if (decision is null)
                continue;
            Emit(new EscalationDecided(Goal.Name, name, NameOf(decision.Kind), ToolFailures.Shorten(decision.Reason), decision.Tool));
            // what a person should be asked about, a model may refuse and not allow
            bool isForPerson = decision.Kind == EscalationDecisionKind.AskPerson || (byPerson && name == "model" && decision.Kind == EscalationDecisionKind.GoOn);
            if (!isForPerson)
                return decision;
        }

        Emit(new GoalEscalated(Goal.Name, "nobody", ToolFailures.Shorten(reason), [.. Missing]));
        return null;
    }

    /// <summary>Adds the tool that somebody chose for a missing capability.</summary>
    /// <returns>Why it cannot be used, or <see langword="null"/>.</returns>
    private string? Use(EscalationDecision decision)
    {
        if (decision is not { Tool: { } name, Capability: { } capability } || !Missing.Contains(capability))
            return $"'{decision.Capability}' is not missing.";
        // what the graph says of a tool, its risk above all, holds whatever it is used for
        CapabilityTool known = _tools.Graph.FindTool(name) ?? new CapabilityTool { Name = name, Provides = [capability] };
        if (known.Effect != ToolEffect.None && HasActed(known.Tool))
            return $"'{name}' has done its work, or may have; it is not called again.";
        CapabilityTool added = known with
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"{name}+{_escalations}"),
            Tool = known.Tool,
            Provides = [capability],
            Needs = [],
            Arguments = ArgumentsOf(known, decision),
            Attempts = 1,
        };
        if (_request.Caller.Find(added) is null)
            return $"There is no tool '{name}'.";
        _tools.Add(added);
        if (!known.Provides.Contains(capability) || _tools.Graph.FindTool(name) is null)
            _onWord[capability] = name;
        return null;
    }

    private bool HasActed(string tool) =>
        _done.Concat(_doubts).Any(at => _tools[at].Tool == tool && _tools[at].Effect != ToolEffect.None)
        || _leftBehind.Any(name => _tools.Graph.FindTool(name)?.Tool == tool);

    private static Dictionary<string, object> ArgumentsOf(CapabilityTool known, EscalationDecision decision)
    {
        var arguments = new Dictionary<string, object>(known.Arguments);
        foreach ((string name, JsonNode? value) in decision.Arguments ?? [])
        {
            if (value is not null)
                arguments[name] = value.DeepClone();
        }

        return arguments;
    }

    private void GiveUp(string reason) => (_isGivenUp, _reason) = (true, reason);

    private static string NameOf(EscalationDecisionKind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];
}
