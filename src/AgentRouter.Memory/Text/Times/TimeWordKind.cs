namespace AgentRouter.Memory.Text.Times;

/// <summary>What a word does in a time expression.</summary>
internal enum TimeWordKind : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Yesterday, today, tomorrow: the value is the days from today.</summary>
    Day,

    /// <summary>Last, this, next: the value is -1, 0 or 1.</summary>
    Direction,

    /// <summary>Past: like last, but for the days up to today.</summary>
    Past,

    /// <summary>A unit: the value is a <see cref="TimeUnit"/>.</summary>
    Unit,

    /// <summary>A part of a day.</summary>
    PartOfDay,

    /// <summary>A weekday: the value is a <see cref="DayOfWeek"/>.</summary>
    Weekday,

    /// <summary>A weekday cut short.</summary>
    ShortWeekday,

    /// <summary>A month: the value is its number.</summary>
    Month,

    /// <summary>A month whose name is also a person's or another word: March, April, May, June, August.</summary>
    DoubtfulMonth,

    /// <summary>A month cut short.</summary>
    ShortMonth,

    /// <summary>A season: the value is the number of its first month.</summary>
    Season,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A or an.</summary>
    Article,

    /// <summary>Few, couple, several: the value is the least that it may mean.</summary>
    Vague,

    /// <summary>Ago.</summary>
    Ago,

    /// <summary>Before.</summary>
    Before,

    /// <summary>After.</summary>
    After,

    /// <summary>Of.</summary>
    Of,

    /// <summary>In.</summary>
    In,

    /// <summary>On.</summary>
    On,

    /// <summary>Since.</summary>
    Since,

    /// <summary>From.</summary>
    From,

    /// <summary>During, until, by and others behind which a month or year is likely.</summary>
    Preposition,

    /// <summary>The.</summary>
    The,

    /// <summary>Other.</summary>
    Other,

    /// <summary>Now.</summary>
    Now,

    /// <summary>For.</summary>
    For,

    /// <summary>Recently, lately, soon: a time, but which?</summary>
    Vaguely,

    /// <summary>Am or pm.</summary>
    HalfOfDay,
}
