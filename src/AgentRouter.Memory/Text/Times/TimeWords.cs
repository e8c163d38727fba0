using System.Collections.Frozen;

namespace AgentRouter.Memory.Text.Times;

/// <summary>The English words of time expressions.</summary>
internal static class TimeWords
{
    private const int Longest = 10;

    private static readonly string[] Weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly string[] Numbers =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    private static readonly FrozenDictionary<string, TimeWord> All = Make().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, TimeWord>.AlternateLookup<ReadOnlySpan<char>> Lookup = All.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Finds what a word does in time expressions, in any case.</summary>
    public static TimeWord Of(ReadOnlySpan<char> word) =>
        word.Length is > 0 and <= Longest && Lookup.TryGetValue(word, out TimeWord found) ? found : default;

    private static Dictionary<string, TimeWord> Make()
    {
        var words = new Dictionary<string, TimeWord>();
        void Add(TimeWordKind kind, int value, params ReadOnlySpan<string> texts)
        {
            foreach (string text in texts)
                words.Add(text, new TimeWord(kind, value));
        }

        Add(TimeWordKind.Day, -1, "yesterday");
        Add(TimeWordKind.Day, 0, "today", "tonight");
        Add(TimeWordKind.Day, 1, "tomorrow");
        Add(TimeWordKind.Direction, -1, "last", "previous");
        Add(TimeWordKind.Direction, 0, "this");
        Add(TimeWordKind.Direction, 1, "next", "coming");
        Add(TimeWordKind.Past, -1, "past");
        Add(TimeWordKind.Unit, (int)TimeUnit.Hour, "second", "seconds", "minute", "minutes", "hour", "hours");
        Add(TimeWordKind.Unit, (int)TimeUnit.Day, "day", "days", "night", "nights");
        Add(TimeWordKind.Unit, (int)TimeUnit.Week, "week", "weeks");
        Add(TimeWordKind.Unit, (int)TimeUnit.Weekend, "weekend", "weekends");
        Add(TimeWordKind.Unit, (int)TimeUnit.Month, "month", "months");
        Add(TimeWordKind.Unit, (int)TimeUnit.Year, "year", "years");
        Add(TimeWordKind.PartOfDay, 0, "morning", "afternoon", "evening");
        for (int day = 0; day < Weekdays.Length; day++)
            Add(TimeWordKind.Weekday, day, Weekdays[day]);
        for (int day = 0; day < Weekdays.Length; day++)
            Add(TimeWordKind.ShortWeekday, day, Weekdays[day][..3]);
        Add(TimeWordKind.ShortWeekday, (int)DayOfWeek.Tuesday, "tues");
        Add(TimeWordKind.ShortWeekday, (int)DayOfWeek.Thursday, "thur", "thurs");
        for (int month = 0; month < Months.Length; month++)
            Add(month + 1 is >= 3 and <= 6 or 8 ? TimeWordKind.DoubtfulMonth : TimeWordKind.Month, month + 1, Months[month]);
        for (int month = 0; month < Months.Length; month++)
            words.TryAdd(Months[month][..3], new TimeWord(TimeWordKind.ShortMonth, month + 1));
        Add(TimeWordKind.ShortMonth, 9, "sept");
        Add(TimeWordKind.Season, 3, "spring");
        Add(TimeWordKind.Season, 6, "summer");
        Add(TimeWordKind.Season, 9, "autumn", "fall");
        Add(TimeWordKind.Season, 12, "winter");
        for (int number = 0; number < Numbers.Length; number++)
            Add(TimeWordKind.Number, number, Numbers[number]);
        Add(TimeWordKind.Number, 20, "twenty");
        Add(TimeWordKind.Number, 30, "thirty");
        Add(TimeWordKind.Article, 1, "a", "an");
        Add(TimeWordKind.Vague, 2, "few", "couple");
        Add(TimeWordKind.Vague, 3, "several");
        Add(TimeWordKind.Ago, 0, "ago");
        Add(TimeWordKind.Before, 0, "before");
        Add(TimeWordKind.After, 0, "after");
        Add(TimeWordKind.Of, 0, "of");
        Add(TimeWordKind.In, 0, "in");
        Add(TimeWordKind.On, 0, "on");
        Add(TimeWordKind.Since, 0, "since");
        Add(TimeWordKind.From, 0, "from");
        Add(TimeWordKind.Preposition, 0, "during", "until", "till", "by", "around", "circa", "early", "late", "mid", "through", "between");
        Add(TimeWordKind.The, 0, "the");
        Add(TimeWordKind.Other, 0, "other");
        Add(TimeWordKind.Now, 0, "now");
        Add(TimeWordKind.For, 0, "for");
        Add(TimeWordKind.Vaguely, 0, "recently", "lately", "soon");
        Add(TimeWordKind.HalfOfDay, 0, "am", "pm");
        return words;
    }
}
