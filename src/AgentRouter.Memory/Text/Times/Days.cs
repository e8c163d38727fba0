using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Text.Times;

/// <summary>Counts days, weeks, months, seasons and years. What lies outside the years 1 to 9999 is nothing.</summary>
internal static class Days
{
    private const int InWeek = 7;
    private const int MonthsInYear = 12;
    private const int MonthsInSeason = 3;

    // "a week ago" is said of three days more or less as well
    private const int WeekTolerance = 3;

    // "a few" is 2 to 5, "several" 3 to 6
    private const int VagueWidth = 3;

    /// <summary>Gets a day.</summary>
    public static MemoryPeriod? Day(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= MonthsInYear && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? One(new DateOnly(year, month, day)) : null;

    /// <summary>Gets a day as a period.</summary>
    public static MemoryPeriod One(DateOnly day) => new(day, day);

    /// <summary>Gets the days from one number of days after a day to another.</summary>
    public static MemoryPeriod? Around(DateOnly day, long first, long last)
    {
        (first, last) = (first + day.DayNumber, last + day.DayNumber);
        return first >= 0 && last <= DateOnly.MaxValue.DayNumber ? new MemoryPeriod(DateOnly.FromDayNumber((int)first), DateOnly.FromDayNumber((int)last)) : null;
    }

    /// <summary>Gets a month; the number may lie outside 1 to 12 and counts on into other years then.</summary>
    public static MemoryPeriod? Month(int year, long month, int months = 1)
    {
        long first = year * (long)MonthsInYear + month - 1;
        long last = first + months - 1;
        if (first < MonthsInYear || last >= 10_000L * MonthsInYear)
            return null;
        var start = new DateOnly((int)(first / MonthsInYear), (int)(first % MonthsInYear) + 1, 1);
        (int endYear, int endMonth) = ((int)(last / MonthsInYear), (int)(last % MonthsInYear) + 1);
        return new MemoryPeriod(start, new DateOnly(endYear, endMonth, DateTime.DaysInMonth(endYear, endMonth)));
    }

    /// <summary>Gets a year.</summary>
    public static MemoryPeriod? Year(long year, int years = 1) =>
        year >= 1 && year + years - 1 <= 9999 ? new MemoryPeriod(new DateOnly((int)year, 1, 1), new DateOnly((int)year + years - 1, 12, 31)) : null;

    /// <summary>Gets a season of the northern half of the earth, by the year that it begins in.</summary>
    public static MemoryPeriod? Season(int year, int firstMonth) => Month(year, firstMonth, MonthsInSeason);

    /// <summary>Gets the unit of the calendar that lies a number of units after the one that a day is in.</summary>
    public static MemoryPeriod? Unit(TimeUnit unit, DateOnly day, long units)
    {
        int sinceMonday = ((int)day.DayOfWeek + 6) % InWeek;
        return unit switch
        {
            TimeUnit.Hour => One(day),
            TimeUnit.Day => Around(day, units, units),
            TimeUnit.Week => Around(day, units * InWeek - sinceMonday, units * InWeek - sinceMonday + 6),
            TimeUnit.Weekend => Around(day, units * InWeek - sinceMonday + 5, units * InWeek - sinceMonday + 6),
            TimeUnit.Month => Month(day.Year, day.Month + units),
            _ => Year(day.Year + units),
        };
    }

    /// <summary>Gets what lies a number of units before or after a day.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="day">The day.</param>
    /// <param name="units">How many units.</param>
    /// <param name="isVague">Whether there may be some more.</param>
    /// <param name="sign">-1 for before, 1 for after.</param>
    public static MemoryPeriod? Away(TimeUnit unit, DateOnly day, long units, bool isVague, int sign)
    {
        if (unit == TimeUnit.Week)
            return isVague ? Ordered(day, sign * units * InWeek, sign * (units + VagueWidth) * InWeek) : Around(day, sign * units * InWeek - WeekTolerance, sign * units * InWeek + WeekTolerance);
        if (!isVague)
            return Unit(unit, day, sign * units);
        return Unit(unit, day, sign * units) is { } near && Unit(unit, day, sign * (units + VagueWidth)) is { } far
            ? new MemoryPeriod(near.First < far.First ? near.First : far.First, near.Last > far.Last ? near.Last : far.Last) : null;
    }

    /// <summary>Gets the days of some units up to a day, or from it on.</summary>
    public static MemoryPeriod? Span(TimeUnit unit, DateOnly day, long units, int sign) => unit switch
    {
        TimeUnit.Hour => One(day),
        TimeUnit.Day => Ordered(day, 0, sign * units),
        TimeUnit.Week or TimeUnit.Weekend => Ordered(day, 0, sign * units * InWeek),
        _ => Shifted(day, sign * units * (unit == TimeUnit.Month ? 1 : MonthsInYear)) is { } other
            ? sign < 0 ? new MemoryPeriod(other, day) : new MemoryPeriod(day, other) : null,
    };

    /// <summary>Gets the nearest such weekday strictly before (-1) or after (1) a day, or on it or after (0).</summary>
    public static MemoryPeriod? Weekday(DateOnly day, DayOfWeek weekday, int direction)
    {
        int ahead = ((int)weekday - (int)day.DayOfWeek + InWeek) % InWeek;
        int days = direction switch
        {
            < 0 => ahead - InWeek,
            0 => ahead,
            _ => ahead == 0 ? InWeek : ahead,
        };
        return Around(day, days, days);
    }

    private static MemoryPeriod? Ordered(DateOnly day, long one, long other) => Around(day, Math.Min(one, other), Math.Max(one, other));

    private static DateOnly? Shifted(DateOnly day, long months)
    {
        long month = day.Year * (long)MonthsInYear + day.Month - 1 + months;
        return month >= MonthsInYear && month < 10_000L * MonthsInYear ? day.AddMonths((int)months) : null;
    }
}
