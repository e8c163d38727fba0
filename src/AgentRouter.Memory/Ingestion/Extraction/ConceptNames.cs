using AgentRouter.Memory.Text;
using AgentRouter.Memory.Text.Entities;
using AgentRouter.Memory.Text.Tokens;
using AgentRouter.Memory.Text.Topics;

namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>Decides which names of topics are good ones: two to five words, no person, no date, nothing that fits everything.</summary>
/// <remarks>After GAAMA (arXiv 2603.27910). The keys are those that topics of imported texts have.</remarks>
internal sealed class ConceptNames
{
    private const int FewestWords = 2;
    private const int MostWords = 5;

    private readonly ItemReader _reader = new();
    private readonly ItemReading _reading = new();
    private readonly List<TextToken> _tokens = [];
    private readonly HashSet<string> _people;

    /// <summary>Begins.</summary>
    /// <param name="speakers">Who speaks in the batch.</param>
    public ConceptNames(IEnumerable<string> speakers) =>
        _people = speakers.SelectMany(speaker => CanonicalText.OfName(speaker).Split(' ')).Where(word => word.Length > 0).ToHashSet(StringComparer.Ordinal);

    /// <summary>Makes the key of a topic.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="reason">Why it is no good name.</param>
    /// <returns>The key, or <see langword="null"/> where it is no good name.</returns>
    public string? KeyOf(string name, out string reason)
    {
        reason = "a concept that is not two to five words";
        if (name.Length > ExtractionLimits.LabelLength)
            return null;
        // somebody who writes green_tea means green tea
        name = name.Replace('_', ' ');
        TextTokens.Read(name, _tokens);
        if (_tokens.Count(token => token.Kind is TokenKind.Word or TokenKind.Number) is < FewestWords or > MostWords)
            return null;
        _reader.Read(name, null, _reading);
        reason = "a concept that is a date or a person";
        if (_reading.Times.Count > 0 || _reading.Entities.Exists(entity => entity.Kind is EntityKind.Date) || Array.Exists(CanonicalText.OfName(name).Split(' '), _people.Contains))
            return null;
        reason = "a concept of common words only";
        return TopicPhrases.KeyOf(name, _tokens);
    }
}
