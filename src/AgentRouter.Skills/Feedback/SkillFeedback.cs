using AgentRouter.Configuration;
using AgentRouter.Skills.Retrieval;

namespace AgentRouter.Skills.Feedback;

/// <summary>What verified work has shown of skills: one that was opened in work that was right gains weight for similar tasks, one in work that was wrong
/// loses it. Thread-safe.</summary>
/// <remarks>It only changes the order of what a search has found, and by no more than <see cref="MostShare"/> of a score: a skill that is not found is never
/// brought in, and one that is far better stays before one that has proved itself. With time all goes back to what the texts say.</remarks>
public sealed class SkillFeedback
{
    /// <summary>The most that what is learned adds to a skill's score, or takes from it, as a share of that score.</summary>
    public const double MostShare = 0.15;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SkillRecord> _skills;
    private readonly string? _path;
    private readonly TimeProvider _timeProvider;

    /// <summary>Makes the table, with what its file holds.</summary>
    /// <param name="path">The file; one that is not there holds nothing. <see langword="null"/> keeps the table in memory.</param>
    /// <param name="timeProvider">The clock; the system's when not given.</param>
    /// <exception cref="ConfigurationException">The file is corrupt, too large, of another kind, or cannot be read.</exception>
    public SkillFeedback(string? path = null, TimeProvider? timeProvider = null)
    {
        _path = path;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _skills = path is null ? [] : FeedbackFile.Read(path);
    }

    /// <summary>Learns what a verification has shown of the skills that were opened for a task, and saves it.</summary>
    /// <param name="task">The task, as it was searched for.</param>
    /// <param name="skills">The names of the skills that were opened.</param>
    /// <param name="right">Whether the work was found right.</param>
    /// <exception cref="IOException">The file cannot be written; what was learned is kept in memory.</exception>
    /// <exception cref="UnauthorizedAccessException">As for <see cref="IOException"/>.</exception>
    public void Learn(string task, IEnumerable<string> skills, bool right)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(skills);
        IReadOnlyDictionary<ulong, double> terms = TaskTerms.Of(task);
        DateTimeOffset now = _timeProvider.GetUtcNow();
        lock (_lock)
        {
            foreach (string skill in skills.Distinct())
                Record(skill, now).Learn(terms, right, now);
            if (_path is not null)
                FeedbackFile.Write(_path, _skills);
        }
    }

    /// <summary>Gets what similar tasks have shown of a skill.</summary>
    /// <param name="task">The task.</param>
    /// <param name="skill">The skill's name.</param>
    /// <returns>From −1, it led to wrong work again and again, to 1, to right work; 0 where nothing is known.</returns>
    public double Of(string task, string skill)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(skill);
        lock (_lock)
            return Known(TaskTerms.Of(task), skill, _timeProvider.GetUtcNow());
    }

    /// <summary>Puts what a search has found in a new order.</summary>
    /// <param name="task">The task.</param>
    /// <param name="matches">What was found, the best first.</param>
    internal IReadOnlyList<FeedbackMatch> Reorder(string task, IReadOnlyList<SkillMatch> matches)
    {
        double[] proven = Known(task, matches);
        if (proven.All(share => share == 0))
            return [.. matches.Select(match => new FeedbackMatch(match, 0))];
        // the lower places go by ranks and sentences, not by score: each place stands for the score that it would have in a list by score
        double[] places = [.. matches.Select(match => match.Score).OrderDescending()];
        return [.. Enumerable.Range(0, matches.Count).OrderByDescending(i => places[i] * (1 + MostShare * proven[i])).Select(i => new FeedbackMatch(matches[i], proven[i]))];
    }

    private double[] Known(string task, IReadOnlyList<SkillMatch> matches)
    {
        IReadOnlyDictionary<ulong, double> terms = TaskTerms.Of(task);
        DateTimeOffset now = _timeProvider.GetUtcNow();
        lock (_lock)
            return [.. matches.Select(match => Known(terms, match.Skill.Name, now))];
    }

    private double Known(IReadOnlyDictionary<ulong, double> task, string skill, DateTimeOffset now) => _skills.GetValueOrDefault(skill)?.Of(task, now) ?? 0;

    private SkillRecord Record(string skill, DateTimeOffset now)
    {
        if (_skills.TryGetValue(skill, out SkillRecord? known))
            return known;
        if (_skills.Count >= FeedbackDefaults.MostSkills)
            _skills.Remove(_skills.MinBy(each => each.Value.At).Key);
        return _skills[skill] = new SkillRecord(now);
    }
}
