namespace AgentRouter.Memory.Text.Times;

/// <summary>A word of a time expression.</summary>
/// <param name="Kind">What it does there.</param>
/// <param name="Value">The number that it stands for; see <see cref="TimeWordKind"/>.</param>
internal readonly record struct TimeWord(TimeWordKind Kind, int Value)
{
    /// <summary>Gets whether it names a month in full or in short.</summary>
    public bool IsMonth => Kind is TimeWordKind.Month or TimeWordKind.DoubtfulMonth or TimeWordKind.ShortMonth;

    /// <summary>Gets whether it names a weekday in full or in short.</summary>
    public bool IsWeekday => Kind is TimeWordKind.Weekday or TimeWordKind.ShortWeekday;

    /// <summary>Gets whether a month or a year is likely behind it.</summary>
    public bool IsPreposition => Kind is TimeWordKind.In or TimeWordKind.On or TimeWordKind.Since or TimeWordKind.From or TimeWordKind.Of
        or TimeWordKind.Before or TimeWordKind.After or TimeWordKind.Preposition;
}
