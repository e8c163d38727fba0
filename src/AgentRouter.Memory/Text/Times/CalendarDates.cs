using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Text.Times;

/// <summary>Reads dates of the calendar: days, months, seasons, years and decades by name.</summary>
/// <remarks>Where the year is missing, it is the one that brings the date nearest to the day it was said; in a question, which is about the past, the last one.</remarks>
internal readonly ref struct CalendarDates(TimeCursor cursor, DateOnly? saidOn, bool isPast)
{
    private readonly TimeCursor _cursor = cursor;

    /// <summary>Reads a date at a place.</summary>
    /// <param name="at">The place.</param>
    /// <param name="isNamed">Whether what stands before makes a month or a year likely there.</param>
    public TimeMatch Read(int at, bool isNamed)
    {
        TimeWord word = _cursor.Word(at);
        if (word.IsMonth)
            return MonthFirst(at, word, isNamed);
        if (word.Kind == TimeWordKind.Season)
            return SeasonOfYear(at, word.Value);
        if (word.IsWeekday)
            return WeekdayFirst(at);
        if (word.Kind == TimeWordKind.The && _cursor.DayOfMonth(at + 1, out bool isOrdinal) is not null && isOrdinal)
            return Read(at + 1, isNamed).Behind(1);
        if (word.Kind != TimeWordKind.None)
            return default;
        TimeMatch match = Numeric(at);
        if (!match.IsFound)
            match = DayFirst(at);
        return match.IsFound ? match : YearAlone(at, isNamed);
    }

    // May 3, 2023; May 3rd; May 2023; May of 2023; in May
    private TimeMatch MonthFirst(int at, TimeWord month, bool isNamed)
    {
        int next = at + 1;
        if (month.Kind == TimeWordKind.ShortMonth && _cursor.Is(next, '.') && _cursor.IsJoined(next))
            next++;
        int day = next;
        if (_cursor.Is(day, TimeWordKind.The))
            day++;
        if (_cursor.DayOfMonth(day, out bool isOrdinal) is { } number && (isOrdinal || day == next) && (isOrdinal || isNamed || _cursor.IsCapital(at)) && !_cursor.Is(day + 1, ':'))
        {
            (int year, int end) = YearBehind(day + 1);
            return Dated(end - at, year, month.Value, number);
        }

        int comma = _cursor.Is(next, ',') || _cursor.Is(next, TimeWordKind.Of) ? next + 1 : next;
        if (_cursor.Year(comma) is { } named)
            return new TimeMatch(comma + 1 - at, Days.Month(named, month.Value));
        bool isPlain = month.Kind == TimeWordKind.Month || (isNamed && month.Kind == TimeWordKind.DoubtfulMonth && (month.Value != 5 || _cursor.IsCapital(at)));
        return isPlain ? new TimeMatch(1, Nearest(year => Days.Month(year, month.Value))) : default;
    }

    // 3 May 2023; 3rd of May; 3 May
    private TimeMatch DayFirst(int at)
    {
        if (_cursor.DayOfMonth(at, out bool isOrdinal) is not { } day)
            return default;
        int month = _cursor.Is(at + 1, TimeWordKind.Of) ? at + 2 : at + 1;
        if (_cursor.Word(month) is { IsMonth: true } word && (_cursor.IsCapital(month) || _cursor.Year(month + 1) is not null || isOrdinal))
        {
            int next = _cursor.Is(month + 1, '.') && _cursor.IsJoined(month + 1) && word.Kind == TimeWordKind.ShortMonth ? month + 2 : month + 1;
            (int year, int end) = YearBehind(next);
            return Dated(end - at, year, word.Value, day);
        }

        return isOrdinal && _cursor.Is(at - 1, TimeWordKind.The) && !_cursor.IsWordOrNumber(at + 1) ? new TimeMatch(1) : default;
    }

    // 2023-05-03, 2023/05/03, 13.05.2023, 05/13/2023; which of 03/05/2023 is the month nobody knows
    private TimeMatch Numeric(int at)
    {
        char sign = _cursor.Is(at + 1, '-') ? '-' : _cursor.Is(at + 1, '/') ? '/' : _cursor.Is(at + 1, '.') ? '.' : '\0';
        if (sign == '\0' || !_cursor.Is(at + 3, sign) || _cursor.IsJoined(at) || !AreJoined(at + 1, at + 4) || _cursor.Number(at) is not { } first
            || _cursor.Number(at + 2) is not { } second || _cursor.NumberBefore(at + 4, out ReadOnlySpan<char> ending) is not { } third)
        {
            return default;
        }

        bool hasTime = ending.StartsWith("T", StringComparison.Ordinal);
        if (!ending.IsEmpty && !hasTime)
            return default;
        int end = at + 5;
        while (hasTime && _cursor.IsJoined(end) && (_cursor.IsWordOrNumber(end) || _cursor.Is(end, ':') || _cursor.Is(end, '.') || _cursor.Is(end, '+') || _cursor.Is(end, '-')))
            end++;
        if (_cursor.Length(at) == 4 && _cursor.Length(at + 2) <= 2)
            return TimeMatch.OfDate(end - at, Days.Day(first, second, third));
        if (_cursor.Length(at + 4) != 4 || _cursor.Length(at) > 2 || _cursor.Length(at + 2) > 2)
            return default;
        if (first <= 12 && second <= 12 && first != second)
            return new TimeMatch(end - at, IsWrong: true);
        return TimeMatch.OfDate(end - at, first > 12 ? Days.Day(third, second, first) : Days.Day(third, first, second));
    }

    // Monday, May 3
    private TimeMatch WeekdayFirst(int at)
    {
        int next = _cursor.Is(at + 1, ',') ? at + 2 : at + 1;
        return _cursor.Word(next).IsMonth || _cursor.DayOfMonth(next, out _) is not null || _cursor.Is(next, TimeWordKind.The) ? WithDay(Read(next, isNamed: false), next - at) : default;
    }

    private static TimeMatch WithDay(TimeMatch match, int before) => match.Period is { } period && period.First == period.Last ? match.Behind(before) : default;

    // summer 2022; the summer of 2022
    private TimeMatch SeasonOfYear(int at, int firstMonth)
    {
        int year = _cursor.Is(at + 1, TimeWordKind.Of) || _cursor.Is(at + 1, ',') ? at + 2 : at + 1;
        return _cursor.Year(year) is { } named ? new TimeMatch(year + 1 - at, Days.Season(named, firstMonth)) : default;
    }

    // in 2022; 2022; the 1960s; 2019-2021
    private TimeMatch YearAlone(int at, bool isNamed)
    {
        if (_cursor.Decade(at) is { } decade)
            return new TimeMatch(1, Days.Year(decade, 10));
        if (_cursor.Year(at) is not { } year || (_cursor.IsJoined(at) && !_cursor.Is(at - 1, '(')) || !(isNamed || year is >= 1_900 and < 2_100))
            return default;
        if ((_cursor.Is(at + 1, '-') || _cursor.Is(at + 1, '–')) && AreJoined(at + 1, at + 2) && _cursor.Year(at + 2) is { } last && last > year && !_cursor.IsJoined(at + 3))
            return new TimeMatch(3, Days.Year(year, last - year + 1));
        bool isPart = _cursor.IsJoined(at + 1) && (_cursor.Is(at + 1, '-') || _cursor.Is(at + 1, '/') || _cursor.Is(at + 1, '%') || _cursor.Is(at + 1, ':') || _cursor.IsJoined(at + 2));
        return isPart || (_cursor.IsCounted(at + 1) && !isNamed) ? default : new TimeMatch(1, Days.Year(year));
    }

    private (int Year, int End) YearBehind(int at)
    {
        int year = _cursor.Is(at, ',') || _cursor.Is(at, TimeWordKind.Of) ? at + 1 : at;
        return _cursor.Year(year) is { } named && !(_cursor.IsJoined(year + 1) && _cursor.Is(year + 1, ':')) ? (named, year + 1) : (0, at);
    }

    private TimeMatch Dated(int tokens, int year, int month, int day)
    {
        if (year > 0)
            return TimeMatch.OfDate(tokens, Days.Day(year, month, day));
        // 29 February is a day of some year
        bool isDay = day >= 1 && day <= DateTime.DaysInMonth(2_000, month);
        return new TimeMatch(tokens, isDay ? Nearest(each => Days.Day(each, month, day)) : null, IsWrong: !isDay);
    }

    private MemoryPeriod? Nearest(Func<int, MemoryPeriod?> inYear)
    {
        if (saidOn is not { } day)
            return null;
        MemoryPeriod? best = null;
        for (int year = day.Year - 1; year <= day.Year + 1; year++)
        {
            if (inYear(year) is { } found && (!isPast || found.First <= day) && (best is null || Distance(found, day) < Distance(best.Value, day)))
                best = found;
        }

        return best;
    }

    private static int Distance(MemoryPeriod period, DateOnly day) =>
        day < period.First ? period.First.DayNumber - day.DayNumber : day > period.Last ? day.DayNumber - period.Last.DayNumber : 0;

    private bool AreJoined(int first, int last)
    {
        for (int at = first; at <= last; at++)
        {
            if (!_cursor.IsJoined(at))
                return false;
        }

        return true;
    }
}
