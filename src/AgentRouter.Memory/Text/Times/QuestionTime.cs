using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Text.Tokens;

namespace AgentRouter.Memory.Text.Times;

/// <summary>What a question has to do with time.</summary>
/// <param name="AsksForTime">Whether the answer is a time: it begins with when, what day, how long, in which year.</param>
/// <param name="Period">The first days that it names, if they are known.</param>
internal readonly record struct QuestionTime(bool AsksForTime, MemoryPeriod? Period)
{
    /// <summary>Reads a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="now">The day it is asked on, if that is known: without one, only dates with a year are.</param>
    public static QuestionTime Of(string question, DateOnly? now = null)
    {
        var tokens = new List<TextToken>();
        var times = new List<TimeExpression>();
        TextTokens.Read(question, tokens);
        TimeExpressions.Find(question, tokens, now, isPast: true, times);
        return new QuestionTime(Asks(question, tokens), times.Find(time => time.Period is not null).Period);
    }

    private static bool Asks(ReadOnlySpan<char> question, List<TextToken> tokens)
    {
        Span<char> first = stackalloc char[8];
        int at = 0;
        if (Word(question, tokens, at, first) is "in" or "on" or "during" or "since" or "around" or "at" or "by" or "for")
            at++;
        switch (Word(question, tokens, at, first))
        {
            case "when":
                return true;
            case "what" or "which":
                return Word(question, tokens, at + 1, first) is "date" or "day" or "month" or "year" or "time" or "week" or "season" or "decade" or "century";
            case "how" when Word(question, tokens, at + 1, first) is "long":
                return true;
            case "how" when Word(question, tokens, at + 1, first) is "many":
                return Word(question, tokens, at + 2, first) is "hours" or "days" or "weeks" or "months" or "years";
            default:
                return false;
        }
    }

    private static ReadOnlySpan<char> Word(ReadOnlySpan<char> question, List<TextToken> tokens, int at, Span<char> lower)
    {
        if (at >= tokens.Count || tokens[at].Kind != TokenKind.Word)
            return [];
        int length = tokens[at].BareIn(question).ToLowerInvariant(lower);
        return length < 0 ? [] : lower[..length];
    }
}
