using AgentRouter.Configuration;
using AgentRouter.Pricing;

namespace AgentRouter.Workflows.Preferences;

/// <summary>Which agents route nodes prefer for which kind of task: a table that verified work fills. Thread-safe.</summary>
/// <remarks>
/// The idea is the pheromone of AMRO-S, an ant colony for routing among agents: each way (kind of task, route node, agent) has a trail.
/// A verified use replaces a tenth of it, by <c>2 / (1 + cost)</c> when the work was right and by nothing when it was wrong; the cost is
/// relative to the mean of the node's agents. So a preference is high for what is right often and cheaply, and what is not verified never
/// changes it. With time a trail goes back to what it began with.
/// </remarks>
public sealed class AgentPreferences
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PreferenceKey, PreferenceCell> _cells = [];
    private readonly string? _path;
    private readonly TimeProvider _timeProvider;

    /// <summary>Makes a table, with what its file holds.</summary>
    /// <param name="path">The file; one that is not there holds nothing. <see langword="null"/> keeps the table in memory.</param>
    /// <param name="timeProvider">The clock; the system's when not given.</param>
    /// <exception cref="ConfigurationException">The file is corrupt, too large, of another kind, or cannot be read.</exception>
    public AgentPreferences(string? path = null, TimeProvider? timeProvider = null)
    {
        _path = path;
        _timeProvider = timeProvider ?? TimeProvider.System;
        foreach (AgentPreference saved in path is null ? [] : PreferenceFile.Read(path))
            _cells[new PreferenceKey(saved.Kind, saved.From, saved.To)] = new PreferenceCell(saved);
    }

    /// <summary>Lists the table by kind, node and agent, with the preferences as they are now.</summary>
    public IReadOnlyList<AgentPreference> List()
    {
        DateTimeOffset now = _timeProvider.GetUtcNow();
        lock (_lock)
            return [.. InOrder().Select(pair => Show(pair.Key, pair.Value, pair.Value.Now(now)))];
    }

    /// <summary>Gets what is known of a node's candidates.</summary>
    internal PreferenceRow Of(string kind, string from, IReadOnlyList<string> to)
    {
        DateTimeOffset now = _timeProvider.GetUtcNow();
        double[] preferences = new double[to.Count];
        bool[] learned = new bool[to.Count];
        int choices = 0;
        lock (_lock)
        {
            for (int i = 0; i < to.Count; i++)
            {
                PreferenceCell? cell = _cells.GetValueOrDefault(new PreferenceKey(kind, from, to[i]));
                preferences[i] = cell?.Now(now) ?? PreferenceDefaults.PriorOf(to[i]);
                learned[i] = cell is { IsLearned: true };
                choices += cell?.Chosen ?? 0;
            }
        }

        return new PreferenceRow(preferences, learned, choices);
    }

    /// <summary>Counts a choice.</summary>
    internal void Choose(string kind, string from, string to)
    {
        DateTimeOffset now = _timeProvider.GetUtcNow();
        lock (_lock)
            Cell(new PreferenceKey(kind, from, to), now).Choose(now);
    }

    /// <summary>Learns what a verification has shown of a choice, and saves it.</summary>
    /// <exception cref="IOException">The file cannot be written; what was learned is kept in memory.</exception>
    /// <exception cref="UnauthorizedAccessException">As for <see cref="IOException"/>.</exception>
    internal void Learn(string kind, string from, string to, bool right, Money cost)
    {
        DateTimeOffset now = _timeProvider.GetUtcNow();
        double usd = (double)cost.ToUsd();
        lock (_lock)
        {
            PreferenceCell cell = Cell(new PreferenceKey(kind, from, to), now);
            cell.Spend(usd);
            cell.Learn(right, usd is 0 ? 0 : usd / MeanCost(kind, from, cell), now);
            if (_path is not null)
                PreferenceFile.Write(_path, InOrder().Select(pair => Show(pair.Key, pair.Value, pair.Value.Now(pair.Value.At))));
        }
    }

    // the mean of the agents' means: how often each was used must not matter
    private double MeanCost(string kind, string from, PreferenceCell cell) => _cells
        .Where(pair => pair.Key.Kind == kind && pair.Key.From == from && (pair.Value.IsLearned || pair.Value == cell))
        .Average(pair => pair.Value.Usd);

    private PreferenceCell Cell(PreferenceKey key, DateTimeOffset now)
    {
        if (_cells.TryGetValue(key, out PreferenceCell? cell))
            return cell;
        if (_cells.Count >= PreferenceDefaults.MostRemembered)
            _cells.Remove(_cells.MinBy(pair => pair.Value.At).Key);
        return _cells[key] = new PreferenceCell(key.To, now);
    }

    private IEnumerable<KeyValuePair<PreferenceKey, PreferenceCell>> InOrder() => _cells
        .OrderBy(pair => pair.Key.Kind, StringComparer.Ordinal)
        .ThenBy(pair => pair.Key.From, StringComparer.Ordinal)
        .ThenBy(pair => pair.Key.To, StringComparer.Ordinal);

    private static AgentPreference Show(PreferenceKey key, PreferenceCell cell, double preference) =>
        new(key.Kind, key.From, key.To, Math.Round(preference, 6), cell.Chosen, cell.Right, cell.Wrong, Math.Round(cell.Usd, 9), cell.At);
}
