using AgentRouter.Models;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Costs;

/// <summary>Knows what each model's provider has cached of a task's prompts: a switch of models throws that away.</summary>
/// <remarks>
/// A prompt continues an earlier one when it begins with the same message objects, which holds for the function-calling loop and
/// for kept conversations. What is expected is a lower bound of what providers really find: they also match equal text. Thread-safe.
/// </remarks>
public sealed class PrefixCacheTracker
{
    private const int MaxEntries = 32;
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];

    /// <summary>Notes that a model has been sent a prompt.</summary>
    /// <param name="model">The model.</param>
    /// <param name="messages">The prompt.</param>
    /// <param name="promptTokens">Its tokens, as billed.</param>
    /// <param name="time">When; the time of day, because a provider's cache ages while no process works on the task too.</param>
    public void Record(ModelProfile model, IReadOnlyList<ChatMessage> messages, long promptTokens, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(messages);
        if (model.CacheTimeToLive <= TimeSpan.Zero || messages.Count == 0)
            return;
        var entry = new Entry(model.Name, messages[0], messages.Count, messages[^1], promptTokens, time);
        lock (_lock)
        {
            int same = _entries.FindIndex(other => other.Model == entry.Model && ReferenceEquals(other.First, entry.First));
            if (same >= 0)
            {
                _entries[same] = entry;
                return;
            }

            if (_entries.Count == MaxEntries)
                _entries.RemoveAt(0);
            _entries.Add(entry);
        }
    }

    /// <summary>Estimates how many tokens of a prompt a model's provider has in its cache.</summary>
    /// <param name="model">The model.</param>
    /// <param name="messages">The prompt that would be sent.</param>
    /// <param name="now">The time of day.</param>
    public long ExpectedCachedTokens(ModelProfile model, IReadOnlyList<ChatMessage> messages, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(messages);
        if (model.CacheTimeToLive <= TimeSpan.Zero || messages.Count == 0)
            return 0;
        lock (_lock)
        {
            foreach (Entry entry in _entries)
            {
                if (entry.Model != model.Name || !ReferenceEquals(entry.First, messages[0]))
                    continue;
                bool continues = messages.Count >= entry.Count && ReferenceEquals(entry.Last, messages[entry.Count - 1]);
                bool alive = now - entry.Time <= model.CacheTimeToLive;
                return continues && alive && entry.Tokens >= model.CacheMinimumTokens ? entry.Tokens : 0;
            }
        }

        return 0;
    }

    private readonly record struct Entry(string Model, ChatMessage First, int Count, ChatMessage Last, long Tokens, DateTimeOffset Time);
}
