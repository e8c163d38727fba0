using AgentRouter.Memory.Retrieval.Aid;
using AgentRouter.Memory.Text.Entities;
using AgentRouter.Memory.Text.Times;
using AgentRouter.Memory.Text.Tokens;
using AgentRouter.Memory.Text.Topics;

namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>What can be seen of a question without a memory: the things and topics that it names, and an event that stands for a date.</summary>
internal sealed class QuestionLook
{
    private const int MostPhrases = 8;

    // words that put what is asked before, after or beside an event
    private static readonly HashSet<string> Relations = new(StringComparer.OrdinalIgnoreCase) { "after", "before", "during", "since", "until", "while", "when" };

    private QuestionLook(IReadOnlyList<string> things, IReadOnlyList<string> topics, string? eventWords) => (Things, Topics, Event) = (things, topics, eventWords);

    /// <summary>Gets the things that it names.</summary>
    public IReadOnlyList<string> Things { get; }

    /// <summary>Gets the phrases that say what it is about.</summary>
    public IReadOnlyList<string> Topics { get; }

    /// <summary>Gets the words behind <c>after</c>, <c>before</c>, <c>during</c>; <see langword="null"/> where there are none, or they hold a date.</summary>
    public string? Event { get; }

    /// <summary>Looks at a question.</summary>
    public static QuestionLook At(string question)
    {
        var tokens = new List<TextToken>();
        var times = new List<TimeExpression>();
        var entities = new List<Entity>();
        var topics = new List<TopicPhrase>();
        TextTokens.Read(question, tokens);
        TimeExpressions.Find(question, tokens, null, isPast: true, times);
        new EntityReader().Read(question, tokens, times, entities);
        TopicPhrases.Find(question, tokens, topics);
        return new QuestionLook(
            [.. entities.Where(entity => entity.Kind != EntityKind.Date).OrderBy(entity => entity.Start).DistinctBy(entity => entity.Key).Take(MostPhrases).Select(entity => question.Substring(entity.Start, entity.Length))],
            [.. topics.DistinctBy(topic => topic.Key).Take(MostPhrases).Select(topic => question.Substring(topic.Start, topic.Length))],
            times.Count > 0 ? null : EventIn(question, tokens));
    }

    /// <summary>Gets the phrases that parts of a recall compare by their vectors.</summary>
    /// <param name="compares">Whether a part does.</param>
    public IReadOnlyList<QuestionPhrase> Phrases(Func<RecallModule, bool> compares) =>
    [
        .. compares(RecallModule.Entities) ? Things.Select(text => new QuestionPhrase(RecallModule.Entities, text)) : [],
        .. compares(RecallModule.Topics) ? Topics.Select(text => new QuestionPhrase(RecallModule.Topics, text)) : [],
        .. compares(RecallModule.Temporal) && Event is { } text ? [new QuestionPhrase(RecallModule.Temporal, text)] : Array.Empty<QuestionPhrase>(),
    ];

    // "what did she buy after the marathon?": the question word at the beginning, as in "when did …", relates nothing
    private static string? EventIn(string question, List<TextToken> tokens)
    {
        for (int at = 1; at < tokens.Count - 1; at++)
        {
            if (tokens[at].Kind == TokenKind.Word && Relations.Contains(tokens[at].BareIn(question).ToString()))
                return question[tokens[at + 1].Start..].TrimEnd(' ', '?', '.', '!');
        }

        return null;
    }
}
