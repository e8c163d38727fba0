using System.Globalization;
using AgentRouter.Events;
using AgentRouter.Expressions;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Preferences;

namespace AgentRouter.Workflows.Nodes.Route;

/// <summary>Chooses among the candidates of a route node: masks, then preferences, then chance where it is allowed.</summary>
internal sealed class RouteChooser(RouteNode node, IExpressionScope scope, AgentPreferences preferences, PreferencesDefinition settings)
{
    private const int MostShown = 200;
    private readonly string[] _names = [.. node.Candidates.Select(candidate => candidate.Name)];

    /// <summary>Chooses.</summary>
    /// <param name="taskKind">The kind of task.</param>
    /// <param name="place">The node, for messages.</param>
    /// <param name="recorded">What was chosen when the run came here first, or <see langword="null"/>; it is chosen again, and counted once.</param>
    /// <exception cref="NodeFailedException">Every candidate is masked.</exception>
    public RouteChoice Choose(string taskKind, string place, AgentRouted? recorded)
    {
        PreferenceRow row = preferences.Of(taskKind, node.Name, _names);
        string?[] masks = Masks();
        // the order of the list breaks ties: the sort is stable
        int[] open = [.. Enumerable.Range(0, _names.Length).Where(i => masks[i] is null).OrderByDescending(i => row.Preferences[i])];
        if (open.Length == 0)
            throw new NodeFailedException($"Node '{place}' has nobody to choose: {string.Join("; ", _names.Zip(masks, (name, mask) => $"{name} is masked, {mask}"))}. Add a candidate without 'when', or {{ skip: true }}.");
        if (recorded is not null && recorded.Chosen.All(_names.Contains))
            return new RouteChoice(taskKind, [.. recorded.Chosen.Select(name => Array.IndexOf(_names, name))], open.Length > 1, recorded.Reason, recorded.Candidates);
        (int[] chosen, string reason) = Pick(open, row, taskKind);
        foreach (int i in chosen)
            preferences.Choose(taskKind, node.Name, _names[i]);
        return new RouteChoice(taskKind, chosen, open.Length > 1, reason,
            [.. _names.Select((name, i) => new AgentCandidate(name, Math.Round(row.Preferences[i], 4), masks[i]))]);
    }

    private string?[] Masks()
    {
        string?[] masks = new string?[_names.Length];
        bool isSkipped = false;
        for (int i = 0; i < masks.Length; i++)
        {
            RouteCandidate candidate = node.Candidates[i];
            if (isSkipped)
                masks[i] = "a skip stands before it";
            else if (candidate.When?.IsTrue(scope) == false)
                masks[i] = $"not {TextLimit.Shorten(candidate.When.Text, MostShown)}";
            else
                isSkipped = candidate.IsSkip;
        }

        return masks;
    }

    private (int[] Chosen, string Reason) Pick(int[] open, PreferenceRow row, string taskKind)
    {
        int best = open[0];
        if (open.Length == 1)
            return ([best], "nobody else may be chosen");
        if (!node.Candidates[best].IsSkip && Close(open, row) is { Length: > 1 } close)
            return (close, $"too close to choose: {string.Join(", ", close.Select(i => Shown(row.Preferences[i])))}");
        if (!open.Any(i => row.IsLearned[i]))
            return ([best], "the first in the list: nothing is learned yet");
        string preference = Shown(row.Preferences[best]);
        if (Explore(open, row, taskKind) is { } other)
            return ([other], $"tried although {_names[best]} is preferred: {Shown(row.Preferences[other])} beside {preference}");
        return ([best], $"preferred: {preference} before {Shown(row.Preferences[open[1]])}");
    }

    private int[] Close(int[] open, PreferenceRow row) => node.FanOut < 2 ? [] :
        [.. open.Where(i => !node.Candidates[i].IsSkip).Take(node.FanOut).Where(i => row.Preferences[i] >= row.Preferences[open[0]] * (1 - PreferenceDefaults.CloseMargin))];

    // doing nothing is never tried for the sake of learning
    private int? Explore(int[] open, PreferenceRow row, string taskKind)
    {
        int[] others = [.. open.Skip(1).Where(i => !node.Candidates[i].IsSkip)];
        if (settings.Exploration <= 0 || others.Length == 0)
            return null;
        var random = new Random(SeedOf(taskKind, row.Choices));
        if (random.NextDouble() >= settings.Exploration)
            return null;
        double drawn = random.NextDouble() * others.Sum(i => row.Preferences[i]);
        foreach (int i in others)
        {
            drawn -= row.Preferences[i];
            if (drawn < 0)
                return i;
        }

        return others[^1];
    }

    // of the seed and the table alone, so that a choice can be made again; FNV-1a, because the hash of a string differs from process to process
    private int SeedOf(string taskKind, int choices)
    {
        uint hash = 2_166_136_261;
        foreach (char c in string.Create(CultureInfo.InvariantCulture, $"{settings.Seed}\n{choices}\n{node.Name}\n{taskKind}"))
            hash = (hash ^ c) * 16_777_619;
        return (int)(hash & int.MaxValue);
    }

    private static string Shown(double preference) => preference.ToString("0.00", CultureInfo.InvariantCulture);
}
