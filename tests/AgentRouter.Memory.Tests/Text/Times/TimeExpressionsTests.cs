using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Text.Times;
using CsCheck;

namespace AgentRouter.Memory.Tests.Text.Times;

public sealed class TimeExpressionsTests
{
    // a Wednesday
    private static readonly DateOnly Said = new(2023, 5, 17);

    private static readonly string[] Pieces =
        ["last", "May", "2023", "-", "05", "/", "3", "days", "ago", "since", "the", "week", "before", "of", "\n", ":", "pm", "9999", "in", "a few", "\ud83d", "’s", "٣"];

    [Theory]
    [InlineData("I went yesterday and it was fine", "yesterday", "2023-05-16")]
    [InlineData("Today's run", "Today's", "2023-05-17")]
    [InlineData("tomorrow morning we leave", "tomorrow morning", "2023-05-18")]
    [InlineData("See you tonight!", "tonight", "2023-05-17")]
    [InlineData("last night was short", "last night", "2023-05-16")]
    [InlineData("this morning", "this morning", "2023-05-17")]
    [InlineData("the day before yesterday", "day before yesterday", "2023-05-15")]
    [InlineData("the day after tomorrow", "day after tomorrow", "2023-05-19")]
    [InlineData("last week", "last week", "2023-05-08/2023-05-14")]
    [InlineData("this week", "this week", "2023-05-15/2023-05-21")]
    [InlineData("next week", "next week", "2023-05-22/2023-05-28")]
    [InlineData("last month", "last month", "2023-04-01/2023-04-30")]
    [InlineData("next month", "next month", "2023-06-01/2023-06-30")]
    [InlineData("last year", "last year", "2022-01-01/2022-12-31")]
    [InlineData("this year", "this year", "2023-01-01/2023-12-31")]
    [InlineData("last weekend", "last weekend", "2023-05-13/2023-05-14")]
    [InlineData("this past weekend", "this past weekend", "2023-05-13/2023-05-14")]
    [InlineData("next weekend", "next weekend", "2023-05-27/2023-05-28")]
    [InlineData("last Friday", "last Friday", "2023-05-12")]
    [InlineData("last Wednesday", "last Wednesday", "2023-05-10")]
    [InlineData("next Friday evening", "next Friday evening", "2023-05-19")]
    [InlineData("this Friday", "this Friday", "2023-05-19")]
    [InlineData("last Fri", "last Fri", "2023-05-12")]
    [InlineData("last May", "last May", "2022-05-01/2022-05-31")]
    [InlineData("next May", "next May", "2024-05-01/2024-05-31")]
    [InlineData("last summer", "last summer", "2022-06-01/2022-08-31")]
    [InlineData("next winter", "next winter", "2023-12-01/2024-02-29")]
    [InlineData("last winter", "last winter", "2022-12-01/2023-02-28")]
    [InlineData("two days ago", "two days ago", "2023-05-15")]
    [InlineData("a week ago", "a week ago", "2023-05-07/2023-05-13")]
    [InlineData("3 weeks ago", "3 weeks ago", "2023-04-23/2023-04-29")]
    [InlineData("two months ago", "two months ago", "2023-03-01/2023-03-31")]
    [InlineData("ten years ago", "ten years ago", "2013-01-01/2013-12-31")]
    [InlineData("two weekends ago", "two weekends ago", "2023-05-06/2023-05-07")]
    [InlineData("a few days ago", "a few days ago", "2023-05-12/2023-05-15")]
    [InlineData("a couple of weeks ago", "a couple of weeks ago", "2023-04-12/2023-05-03")]
    [InlineData("in 3 days", "in 3 days", "2023-05-20")]
    [InlineData("in a month", "in a month", "2023-06-01/2023-06-30")]
    [InlineData("two years from now", "two years from now", "2025-01-01/2025-12-31")]
    [InlineData("the past three weeks", "past three weeks", "2023-04-26/2023-05-17")]
    [InlineData("the next 10 days", "next 10 days", "2023-05-17/2023-05-27")]
    [InlineData("the week before 9 June 2023", "week before 9 June 2023", "2023-06-02/2023-06-08")]
    [InlineData("the weekend before 15 July 2023", "weekend before 15 July 2023", "2023-07-08/2023-07-09")]
    [InlineData("the week of May 3, 2023", "week of May 3, 2023", "2023-05-01/2023-05-07")]
    [InlineData("the Friday before 22 October 2023", "Friday before 22 October 2023", "2023-10-20")]
    [InlineData("3 days before 5 May 2023", "3 days before 5 May 2023", "2023-05-02")]
    [InlineData("the week before last", "week before last", "2023-05-01/2023-05-07")]
    [InlineData("since March", "since March", "2023-03-01/2023-05-17")]
    [InlineData("since 2016", "since 2016", "2016-01-01/2023-05-17")]
    [InlineData("since last Friday", "since last Friday", "2023-05-12/2023-05-17")]
    [InlineData("in 2022", "2022", "2022-01-01/2022-12-31")]
    [InlineData("born in 1743 there", "1743", "1743-01-01/1743-12-31")]
    [InlineData("the 1960s", "1960s", "1960-01-01/1969-12-31")]
    [InlineData("from 2019-2021", "2019-2021", "2019-01-01/2021-12-31")]
    [InlineData("the summer of 2019", "summer of 2019", "2019-06-01/2019-08-31")]
    [InlineData("in May", "May", "2023-05-01/2023-05-31")]
    [InlineData("in December", "December", "2022-12-01/2022-12-31")]
    [InlineData("May 3", "May 3", "2023-05-03")]
    [InlineData("on may 3rd we met", "may 3rd", "2023-05-03")]
    [InlineData("3 May 2023", "3 May 2023", "2023-05-03")]
    [InlineData("the 3rd of May, 2021", "the 3rd of May, 2021", "2021-05-03")]
    [InlineData("Sept. 9, 2020", "Sept. 9, 2020", "2020-09-09")]
    [InlineData("Monday, May 1, 2023", "Monday, May 1, 2023", "2023-05-01")]
    [InlineData("May 2023", "May 2023", "2023-05-01/2023-05-31")]
    [InlineData("March of 1999", "March of 1999", "1999-03-01/1999-03-31")]
    [InlineData("2023-05-03", "2023-05-03", "2023-05-03")]
    [InlineData("at 2023-05-03T10:20:00Z it", "2023-05-03T10:20:00Z", "2023-05-03")]
    [InlineData("23/05/2023", "23/05/2023", "2023-05-23")]
    [InlineData("05/23/2023", "05/23/2023", "2023-05-23")]
    [InlineData("13.05.2023", "13.05.2023", "2023-05-13")]
    [InlineData("1:56 pm on 8 May, 2023", "1:56 pm on 8 May, 2023", "2023-05-08")]
    [InlineData("29 February 2024", "29 February 2024", "2024-02-29")]
    public void A_time_is_found_and_its_days_are_counted(string text, string span, string days)
    {
        TimeExpression time = TimeExpressions.Find(text, Said).ShouldHaveSingleItem();

        text.Substring(time.Start, time.Length).ShouldBe(span);
        Written(time.Period).ShouldBe(days);
    }

    [Theory]
    [InlineData("the other day", "the other day")]
    [InlineData("We met recently", "recently")]
    [InlineData("on Friday", "Friday")]
    [InlineData("for three years", "for three years")]
    [InlineData("It took 5 hours", "5 hours")]
    [InlineData("at 5 pm", "5 pm")]
    [InlineData("years before 0001? 99 years ago", "99 years ago")]
    public void A_time_may_have_no_days(string text, string span)
    {
        TimeExpression time = TimeExpressions.Find(text, new DateOnly(20, 1, 1)).ShouldHaveSingleItem();

        text.Substring(time.Start, time.Length).ShouldBe(span);
        time.Period.ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("You may go, and we march on in the fall of leaves")]
    [InlineData("31 February 2023")]
    [InlineData("2023-13-45")]
    [InlineData("45/45/2023")]
    [InlineData("03/05/2023")]
    [InlineData("version 1.2.2023.4 of 2500 people, $2000, 2000 steps")]
    [InlineData("the last of the next, in the past")]
    [InlineData("April and June are my friends")]
    [InlineData("99999999999999999 days")]
    [InlineData("a second one")]
    public void What_is_no_time_or_no_date_is_nothing(string text) => TimeExpressions.Find(text, Said).ShouldBeEmpty();

    [Fact]
    public void Without_the_day_it_was_said_on_only_whole_dates_have_days()
    {
        IReadOnlyList<TimeExpression> times = TimeExpressions.Find("Yesterday, on May 3, and on May 4, 2021, and two weeks ago.", null);

        times.Select(time => Written(time.Period)).ShouldBe(["", "", "2021-05-04", ""]);
    }

    [Fact]
    public void Several_times_come_in_their_order()
    {
        IReadOnlyList<TimeExpression> times = TimeExpressions.Find("Last year I ran; yesterday I swam.\nIn 2019, nothing.", Said);

        times.Select(time => Written(time.Period)).ShouldBe(["2022-01-01/2022-12-31", "2023-05-16", "2019-01-01/2019-12-31"]);
    }

    [Fact]
    public void A_text_that_only_repeats_itself_is_read_in_the_end() =>
        TimeExpressions.Find(string.Join(' ', Enumerable.Repeat("since", 20_000)), Said).ShouldBeEmpty();

    [Fact]
    public void Any_text_can_be_read_and_times_lie_inside_it()
    {
        Gen<string> words = Gen.Int[0, Pieces.Length - 1].Select(at => Pieces[at]);
        Gen<string> text = Gen.OneOf(Gen.Char.Array[0, 60].Select(chars => new string(chars)), words.Array[0, 30].Select(each => string.Join(' ', each)), words.Array[0, 30].Select(string.Concat));
        Gen<DateOnly> day = Gen.Int[0, DateOnly.MaxValue.DayNumber].Select(DateOnly.FromDayNumber);

        Gen.Select(text, day).Sample((each, said) =>
        {
            int end = 0;
            foreach (TimeExpression time in TimeExpressions.Find(each, said))
            {
                time.Start.ShouldBeGreaterThanOrEqualTo(end);
                time.Length.ShouldBeGreaterThan(0);
                end = time.End;
                if (time.Period is { } period)
                    period.First.ShouldBeLessThanOrEqualTo(period.Last);
            }

            end.ShouldBeLessThanOrEqualTo(each.Length);
        }, iter: 3_000);
    }

    private static string Written(MemoryPeriod? period) => period is not { } days ? ""
        : days.First == days.Last ? $"{days.First:yyyy-MM-dd}" : $"{days.First:yyyy-MM-dd}/{days.Last:yyyy-MM-dd}";
}
