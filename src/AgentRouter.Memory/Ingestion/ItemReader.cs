using AgentRouter.Memory.Text.Entities;
using AgentRouter.Memory.Text.Times;
using AgentRouter.Memory.Text.Tokens;
using AgentRouter.Memory.Text.Topics;

namespace AgentRouter.Memory.Ingestion;

/// <summary>Reads texts of items: times, things, topics, and whom they speak of. It keeps its lists from item to item and is not safe for threads.</summary>
internal sealed class ItemReader
{
    // a reason or a result is said at the beginning
    private const int OpeningTokens = 4;

    private readonly List<TextToken> _tokens = [];
    private readonly EntityReader _entities = new();

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="saidOn">The day it was said on, if that is known.</param>
    /// <param name="reading">What is filled.</param>
    public void Read(string text, DateOnly? saidOn, ItemReading reading)
    {
        TextTokens.Read(text, _tokens);
        TimeExpressions.Find(text, _tokens, saidOn, isPast: false, reading.Times);
        _entities.Read(text, _tokens, reading.Times, reading.Entities);
        TopicPhrases.Find(text, _tokens, reading.Topics);
        ReadWords(text, reading);
    }

    /// <summary>Reads only what tells whom and what a text is about, for items that are known already.</summary>
    public void ReadTopics(string text, ItemReading reading)
    {
        TextTokens.Read(text, _tokens);
        TopicPhrases.Find(text, _tokens, reading.Topics);
        ReadWords(text, reading);
    }

    private void ReadWords(ReadOnlySpan<char> text, ItemReading reading)
    {
        (reading.IsOfSpeaker, reading.IsOfListener, reading.AsksWhy, reading.IsReasonOrResult) = (false, false, false, false);
        bool hasWhy = false;
        for (int at = 0; at < _tokens.Count; at++)
        {
            TextToken token = _tokens[at];
            if (token.Kind != TokenKind.Word)
            {
                reading.AsksWhy |= hasWhy && token.IsSign(text, '?');
                continue;
            }

            ReadOnlySpan<char> word = Stem(token.In(text));
            if (word is "I" or "i" || word.Equals("me", Fold) || word.Equals("my", Fold) || word.Equals("mine", Fold) || word.Equals("myself", Fold))
                reading.IsOfSpeaker = true;
            else if (word.Equals("you", Fold) || word.Equals("your", Fold) || word.Equals("yours", Fold) || word.Equals("yourself", Fold))
                reading.IsOfListener = true;
            else if (word.Equals("why", Fold))
                hasWhy = true;
            reading.IsReasonOrResult |= (at < OpeningTokens && IsReason(text, word, at)) || (word.Equals("led", Fold) && NextIs(text, at, "to"));
        }
    }

    private bool IsReason(ReadOnlySpan<char> text, ReadOnlySpan<char> word, int at) => word.Equals("because", Fold) || word.Equals("therefore", Fold) || word.Equals("thus", Fold)
        || word.Equals("hence", Fold) || word.Equals("consequently", Fold) || (word.Equals("so", Fold) && NextIs(text, at, "that"))
        || (word.Equals("that", Fold) && NextIs(text, at, "why")) || (word.Equals("a", Fold) && NextIs(text, at, "result"));

    private bool NextIs(ReadOnlySpan<char> text, int at, string word) => at + 1 < _tokens.Count && _tokens[at + 1].In(text).Equals(word, Fold);

    // I'm, you've, that's
    private static ReadOnlySpan<char> Stem(ReadOnlySpan<char> word)
    {
        int apostrophe = word.IndexOfAny('\'', '\u2019');
        return apostrophe < 0 ? word : word[..apostrophe];
    }

    private const StringComparison Fold = StringComparison.OrdinalIgnoreCase;
}
