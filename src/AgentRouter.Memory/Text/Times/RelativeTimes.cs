using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Text.Times;

/// <summary>Reads times that are counted from the day they were said on, or from a date: last week, two days ago, the week before 9 June.</summary>
internal readonly ref struct RelativeTimes(TimeCursor cursor, DateOnly? saidOn, bool isPast)
{
    private readonly TimeCursor _cursor = cursor;

    /// <summary>Reads a time at a place.</summary>
    public TimeMatch Read(int at)
    {
        TimeWord word = _cursor.Word(at);
        switch (word.Kind)
        {
            case TimeWordKind.Day:
                return WithPartOfDay(at, new TimeMatch(1, Said(day => Days.Around(day, word.Value, word.Value))));
            case TimeWordKind.Direction or TimeWordKind.Past:
                return Directed(at, word);
            case TimeWordKind.Unit or TimeWordKind.Weekday:
                return BesideDate(at, word);
            case TimeWordKind.The when _cursor.Is(at + 1, TimeWordKind.Other) && _cursor.Word(at + 2) is { Kind: TimeWordKind.Unit, Value: (int)TimeUnit.Day }:
                return new TimeMatch(3);
            case TimeWordKind.In or TimeWordKind.For:
                return Ahead(at, word.Kind);
            case TimeWordKind.Since:
                return Since(at);
            case TimeWordKind.Vaguely:
                return new TimeMatch(1);
            default:
                return Counted(at);
        }
    }

    // last week, this past weekend, next Friday, last May, this morning, the past three weeks
    private TimeMatch Directed(int at, TimeWord word)
    {
        int unit = at + 1;
        int direction = word.Value;
        bool isRolling = word.Kind == TimeWordKind.Past;
        if (word is { Kind: TimeWordKind.Direction, Value: 0 } && _cursor.Word(unit) is { Kind: TimeWordKind.Past or TimeWordKind.Direction } second)
        {
            direction = second.Value;
            isRolling = second.Kind == TimeWordKind.Past;
            unit++;
        }

        TimeWord named = _cursor.Word(unit);
        int tokens = unit + 1 - at;
        switch (named.Kind)
        {
            case TimeWordKind.Unit when named.Value == (int)TimeUnit.Hour:
                return default;
            case TimeWordKind.Unit when named.Value == (int)TimeUnit.Day && direction >= 0:
                return default;
            case TimeWordKind.Unit:
                bool isSpan = isRolling && named.Value != (int)TimeUnit.Weekend;
                return new TimeMatch(tokens, Said(day => isSpan ? Days.Span((TimeUnit)named.Value, day, 1, -1) : Days.Unit((TimeUnit)named.Value, day, direction)));
            case TimeWordKind.PartOfDay when direction <= 0:
                return new TimeMatch(tokens, Said(day => Days.Around(day, direction, direction)));
            case TimeWordKind.Weekday or TimeWordKind.ShortWeekday:
                return WithPartOfDay(at, new TimeMatch(tokens, Said(day => Days.Weekday(day, (DayOfWeek)named.Value, direction))));
            case TimeWordKind.Month or TimeWordKind.DoubtfulMonth:
                return new TimeMatch(tokens, Said(day => Calendar(day, direction, year => Days.Month(year, named.Value))));
            case TimeWordKind.Season:
                return new TimeMatch(tokens, Said(day => Calendar(day, direction, year => Days.Season(year, named.Value))));
            default:
                return direction != 0 && Quantity(unit) is { Tokens: > 0 } quantity && _cursor.Word(unit + quantity.Tokens) is { Kind: TimeWordKind.Unit } counted
                    ? new TimeMatch(unit + quantity.Tokens + 1 - at, Said(day => Days.Span((TimeUnit)counted.Value, day, quantity.Least, direction)))
                    : default;
        }
    }

    // two weeks ago, a few days later, 3 days before 9 June, two years from now; three hours
    private TimeMatch Counted(int at)
    {
        if (Quantity(at) is not { Tokens: > 0 } quantity || _cursor.Word(at + quantity.Tokens) is not { Kind: TimeWordKind.Unit } unit)
            return default;
        int next = at + quantity.Tokens + 1;
        var counted = (TimeUnit)unit.Value;
        TimeWord word = _cursor.Word(next);
        if (word.Kind == TimeWordKind.Ago)
            return new TimeMatch(next + 1 - at, Said(day => Days.Away(counted, day, quantity.Least, quantity.IsVague, -1)));
        if (word.Kind == TimeWordKind.From && _cursor.Is(next + 1, TimeWordKind.Now))
            return new TimeMatch(next + 2 - at, Said(day => Days.Away(counted, day, quantity.Least, quantity.IsVague, 1)));
        if (word.Kind is TimeWordKind.Before or TimeWordKind.After && Date(next + 1) is { IsFound: true } date)
        {
            int sign = word.Kind == TimeWordKind.Before ? -1 : 1;
            return new TimeMatch(next + 1 + date.Tokens - at, date.Period is { } from ? Days.Away(counted, sign < 0 ? from.First : from.Last, quantity.Least, quantity.IsVague, sign) : null);
        }

        // a length of time, which answers "how long"
        return _cursor.Is(at, TimeWordKind.Article) && !quantity.IsVague ? default : new TimeMatch(next - at);
    }

    // in two weeks, in a few days; for three years
    private TimeMatch Ahead(int at, TimeWordKind kind)
    {
        if (Quantity(at + 1) is not { Tokens: > 0 } quantity || _cursor.Word(at + 1 + quantity.Tokens) is not { Kind: TimeWordKind.Unit } unit)
            return default;
        int tokens = quantity.Tokens + 2;
        if (kind == TimeWordKind.For)
            return new TimeMatch(tokens);
        return Counted(at + 1) is { Period: not null } counted
            ? counted.Behind(1)
            : new TimeMatch(tokens, Said(day => Days.Away((TimeUnit)unit.Value, day, quantity.Least, quantity.IsVague, 1)));
    }

    // the week before 9 June, the weekend of 3 May, the Friday after 22 October, the day before yesterday, the week before last
    private TimeMatch BesideDate(int at, TimeWord unit)
    {
        TimeWord side = _cursor.Word(at + 1);
        if (side.Kind is not (TimeWordKind.Before or TimeWordKind.After or TimeWordKind.Of) || (unit.Kind == TimeWordKind.Unit && unit.Value == (int)TimeUnit.Hour))
            return default;
        if (side.Kind == TimeWordKind.Before && unit.Kind == TimeWordKind.Unit && _cursor.Word(at + 2) is { Kind: TimeWordKind.Direction, Value: -1 } && !_cursor.IsWordOrNumber(at + 3))
            return new TimeMatch(3, Said(day => Days.Unit((TimeUnit)unit.Value, day, -2)));
        if (Date(at + 2) is not { IsFound: true } date)
            return default;
        return new TimeMatch(2 + date.Tokens, date.Period is { } of ? Beside(unit, side.Kind, of) : null);
    }

    private static MemoryPeriod? Beside(TimeWord unit, TimeWordKind side, MemoryPeriod date)
    {
        int direction = side == TimeWordKind.Before ? -1 : side == TimeWordKind.After ? 1 : 0;
        DateOnly from = direction < 0 ? date.First : date.Last;
        if (unit.IsWeekday)
            return Days.Weekday(from, (DayOfWeek)unit.Value, direction);
        return (TimeUnit)unit.Value switch
        {
            TimeUnit.Week when direction != 0 => Days.Around(from, direction < 0 ? -7 : 1, direction < 0 ? -1 : 7),
            // from a Saturday or Sunday the weekend before is the one of the week before
            TimeUnit.Weekend when direction > 0 && from.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) => Days.Unit(TimeUnit.Weekend, from, 0),
            _ => Days.Unit((TimeUnit)unit.Value, from, direction),
        };
    }

    private TimeMatch Since(int at)
    {
        TimeMatch date = new CalendarDates(_cursor, saidOn, isPast: true).Read(at + 1, isNamed: true);
        if (!date.IsFound && !_cursor.Is(at + 1, TimeWordKind.Since))
            date = Read(at + 1);
        if (date is not { IsFound: true, IsWrong: false })
            return default;
        return date.Behind(1) with { Period = date.Period is { } from && saidOn >= from.First ? new MemoryPeriod(from.First, saidOn.Value) : date.Period };
    }

    // a date that something is before or after: one of the calendar, or yesterday
    private TimeMatch Date(int at)
    {
        if (_cursor.Word(at) is { Kind: TimeWordKind.Day } word)
            return new TimeMatch(1, Said(day => Days.Around(day, word.Value, word.Value)));
        TimeMatch match = new CalendarDates(_cursor, saidOn, isPast).Read(at, isNamed: true);
        return match.IsWrong ? default : match;
    }

    // 3, three, a, a few, a couple of, several
    private (int Tokens, int Least, bool IsVague) Quantity(int at)
    {
        if (_cursor.Number(at) is { } number)
            return (1, number, false);
        TimeWord word = _cursor.Word(at);
        if (word.Kind == TimeWordKind.Number)
            return (1, word.Value, false);
        int vague = word.Kind == TimeWordKind.Article || (word.Kind == TimeWordKind.Direction && word.Value == 0) ? at + 1 : at;
        if (_cursor.Word(vague) is { Kind: TimeWordKind.Vague } some)
            return ((_cursor.Is(vague + 1, TimeWordKind.Of) ? vague + 2 : vague + 1) - at, some.Value, true);
        return word.Kind == TimeWordKind.Article ? (1, 1, false) : default;
    }

    private TimeMatch WithPartOfDay(int at, TimeMatch match)
    {
        TimeWord next = _cursor.Word(at + match.Tokens);
        return next.Kind == TimeWordKind.PartOfDay ? match with { Tokens = match.Tokens + 1 } : match;
    }

    private MemoryPeriod? Said(Func<DateOnly, MemoryPeriod?> count) => saidOn is { } day ? count(day) : null;

    // last: the latest that was over; next: the first that is to come; this: the one of the year
    private static MemoryPeriod? Calendar(DateOnly day, int direction, Func<int, MemoryPeriod?> inYear)
    {
        if (direction == 0)
            return inYear(day.Year);
        for (int step = 0; step <= 2; step++)
        {
            if (inYear(day.Year + direction * step) is { } found && (direction < 0 ? found.Last < day : found.First > day))
                return found;
        }

        return null;
    }
}
