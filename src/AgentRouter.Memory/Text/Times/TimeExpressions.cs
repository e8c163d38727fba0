using AgentRouter.Memory.Text.Tokens;

namespace AgentRouter.Memory.Text.Times;

/// <summary>Finds the times that an English text names, and counts the days that they mean from the day it was said on.</summary>
/// <remarks>Weeks begin on Monday, seasons are those of the northern half of the earth. Each token is looked at a bounded number of times, whatever the text.</remarks>
internal static class TimeExpressions
{
    /// <summary>Finds the times of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="saidOn">The day it was said on, if that is known.</param>
    public static IReadOnlyList<TimeExpression> Find(string text, DateOnly? saidOn)
    {
        var tokens = new List<TextToken>();
        var found = new List<TimeExpression>();
        TextTokens.Read(text, tokens);
        Find(text, tokens, saidOn, isPast: false, found);
        return found;
    }

    /// <summary>Finds the times of a text that is parted already.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="saidOn">The day it was said on, if that is known.</param>
    /// <param name="isPast">Whether dates without a year are the last such dates, and not the nearest.</param>
    /// <param name="found">Where the times go, in their order; what it held is removed.</param>
    public static void Find(ReadOnlySpan<char> text, List<TextToken> tokens, DateOnly? saidOn, bool isPast, List<TimeExpression> found)
    {
        found.Clear();
        var cursor = new TimeCursor(text, tokens);
        var dates = new CalendarDates(cursor, saidOn, isPast);
        var relative = new RelativeTimes(cursor, saidOn, isPast);
        for (int at = 0; at < tokens.Count; at++)
        {
            if (tokens[at].Kind is TokenKind.Sign or TokenKind.LineEnd || (tokens[at].Kind == TokenKind.Word && cursor.Word(at).Kind == TimeWordKind.None))
                continue;
            TimeMatch match = Longest(Clock(cursor, dates, at), relative.Read(at), dates.Read(at, cursor.Word(at - 1).IsPreposition));
            if (!match.IsFound)
                match = Weekday(cursor, at);
            if (!match.IsFound)
                continue;
            int start = tokens[at].Start;
            at += match.Tokens - 1;
            if (!match.IsWrong)
                found.Add(new TimeExpression(start, tokens[at].End - start, match.Period));
        }
    }

    private static TimeMatch Longest(TimeMatch clock, TimeMatch relative, TimeMatch date)
    {
        TimeMatch longest = relative.Tokens > date.Tokens ? relative : date;
        return clock.Tokens > longest.Tokens ? clock : longest;
    }

    // 1:56 pm, 5pm, 1:56 pm on 8 May, 2023
    private static TimeMatch Clock(TimeCursor cursor, CalendarDates dates, int at)
    {
        if (cursor.NumberBefore(at, out ReadOnlySpan<char> ending) is not (>= 0 and <= 24))
            return default;
        int next = at + 1;
        bool isTime = ending is "am" or "pm";
        if (ending.IsEmpty && cursor.Is(next, ':') && cursor.IsJoined(next) && cursor.IsJoined(next + 1) && cursor.Length(next + 1) is 2 or 4
            && cursor.NumberBefore(next + 1, out ReadOnlySpan<char> half) is >= 0 and < 60 && (half.IsEmpty || half is "am" or "pm"))
        {
            isTime = true;
            next += 2;
        }

        if (cursor.Is(next, TimeWordKind.HalfOfDay) && (ending.IsEmpty || isTime))
        {
            isTime = true;
            next++;
        }

        if (!isTime)
            return default;
        int date = cursor.Is(next, TimeWordKind.On) || cursor.Is(next, ',') ? next + 1 : next;
        TimeMatch on = dates.Read(date, isNamed: cursor.Is(next, TimeWordKind.On));
        return on is { IsFound: true, IsWrong: false } ? on.Behind(date - at) : new TimeMatch(next - at);
    }

    // on Friday: which one, past or to come, is not said
    private static TimeMatch Weekday(TimeCursor cursor, int at) =>
        cursor.Word(at) is { Kind: TimeWordKind.Weekday } || (cursor.Word(at) is { Kind: TimeWordKind.ShortWeekday } && cursor.Is(at - 1, TimeWordKind.On) && cursor.IsCapital(at))
            ? new TimeMatch(1) : default;
}
