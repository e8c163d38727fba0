using AgentRouter.Memory.Text.Topics;

namespace AgentRouter.Memory.Ingestion;

/// <summary>Chooses the topics of items, by what was said in their source so far: a later item changes nothing for an earlier one.</summary>
internal sealed class SourceTopics
{
    private readonly Dictionary<string, (int Count, string FirstEpisode)> _known = new(StringComparer.Ordinal);
    private readonly List<TopicPhrase> _chosen = [];

    /// <summary>Takes the phrases of the next item, and chooses its topics: phrases of several words, and words that were said before.</summary>
    /// <param name="phrases">The phrases.</param>
    /// <param name="episode">The key of the item's episode.</param>
    /// <returns>The topics, the best first; valid until the next call.</returns>
    public IReadOnlyList<TopicPhrase> Choose(List<TopicPhrase> phrases, string episode)
    {
        _chosen.Clear();
        foreach (TopicPhrase phrase in phrases)
        {
            (int count, string first) = _known.TryGetValue(phrase.Key, out (int Count, string FirstEpisode) known) ? known : (0, episode);
            _known[phrase.Key] = (count + 1, first);
        }

        foreach (TopicPhrase phrase in phrases)
        {
            if ((phrase.Words > 1 || _known[phrase.Key].Count > 1) && !_chosen.Exists(chosen => chosen.Key == phrase.Key))
                Insert(phrase);
        }

        return _chosen;
    }

    /// <summary>Gets the key of the episode in which a chosen topic was said first.</summary>
    public string FirstEpisode(TopicPhrase topic) => _known[topic.Key].FirstEpisode;

    // ordered by frequency times length, of equal ones the earlier first; no more than are kept
    private void Insert(TopicPhrase phrase)
    {
        int score = Score(phrase);
        int at = _chosen.Count;
        while (at > 0 && Score(_chosen[at - 1]) < score)
            at--;
        if (at >= ImportLimits.TopicsOfItem)
            return;
        _chosen.Insert(at, phrase);
        if (_chosen.Count > ImportLimits.TopicsOfItem)
            _chosen.RemoveAt(_chosen.Count - 1);
    }

    private int Score(TopicPhrase phrase) => _known[phrase.Key].Count * phrase.Words;
}
