using System.Text.Json.Nodes;
using AgentRouter.Events;
using AgentRouter.Suggestions;
using AgentRouter.Tools.Healing.Calls;

namespace AgentRouter.Tools.Healing.Goals;

/// <content>What can be known to be wrong before anything is called: facts, and parameters that nothing can give.</content>
internal sealed partial class GoalRun
{
    /// <summary>Finds a fact that was given and is not of its type.</summary>
    private string? Misgiven()
    {
        foreach ((string name, JsonNode? value) in _request.Facts)
        {
            if (value is not null && _tools.Graph.FindFact(name) is { } fact && ResultCheck.Misfit(fact, value) is { } misfit)
                return misfit;
        }

        return null;
    }

    private void RefuseFacts(string problem)
    {
        string reason = $"Nothing was called: {problem}";
        Emit(new GoalEscalated(Goal.Name, "nobody", ToolFailures.Shorten(reason), [.. Missing]));
        GiveUp(reason);
    }

    /// <summary>Goes around the first tool of a new path that can never be called, before anything is called for it.</summary>
    /// <returns>Whether there was one, and another path is taken.</returns>
    private async Task<bool> IsWiredWrongAsync(CancellationToken cancellationToken)
    {
        GoalPath path = _path;
        if (ReferenceEquals(path, _checkedPath))
            return false;
        foreach (int tool in path.Tools)
        {
            if (!IsOpen(tool) || _runner.NeverGiven(_tools[tool], CanBeKnown) is not { } problem)
                continue;
            _tools.Weigh(tool);
            await HealAsync(tool, new ToolFailure(ToolFailureKind.WrongArguments, problem), cancellationToken);
            return true;
        }

        _checkedPath = path;
        return false;
    }

    private bool CanBeKnown(string name) => _tools.Graph.Knows(name) || _facts.Has(name);

    private string NoPathAtAll()
    {
        string[] absent = [.. _tools.Relevant.Where(tool => _request.Caller.Find(_tools[tool]) is null).Select(tool => $"'{_tools[tool].Tool}'")];
        string[] stopped = [.. _tools.Relevant.Where(tool => _tools.IsBlocked(tool) && _request.Caller.Find(_tools[tool]) is not null).Select(tool => _tools[tool].Name)];
        string given = string.Join(", ", _facts.Names);
        var reason = new List<string> { $"No path leads to {string.Join(", ", Missing)} from {(given.Length == 0 ? "nothing" : given)}." };
        reason.AddRange(_request.Facts.Select(fact => fact.Key).Where(name => !_tools.Graph.Knows(name)).Select(Unknown));
        if (absent.Length > 0)
            reason.Add($"The caller has no tool named {string.Join(", ", absent)}.");
        if (stopped.Length > 0)
            reason.Add($"Not to be called: {string.Join(", ", stopped)}.");
        return string.Join(" ", reason);
    }

    private string Unknown(string name) =>
        $"'{name}' is no fact of the graph.{(Suggestion.Nearest(name, _tools.Graph.Facts.Select(fact => fact.Name)) is { } meant ? $" Did you mean '{meant}'?" : "")}";
}
