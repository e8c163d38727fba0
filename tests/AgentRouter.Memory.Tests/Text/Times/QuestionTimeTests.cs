using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Text.Times;

namespace AgentRouter.Memory.Tests.Text.Times;

public sealed class QuestionTimeTests
{
    [Theory]
    [InlineData("When did Anna move?")]
    [InlineData("What day is the party?")]
    [InlineData("In which year did he leave?")]
    [InlineData("how long have they known each other?")]
    [InlineData("How many weeks passed between the two?")]
    [InlineData("On what date was it?")]
    public void Some_questions_ask_for_a_time(string question) => QuestionTime.Of(question).AsksForTime.ShouldBeTrue();

    [Theory]
    [InlineData("What did Anna do in May 2023?")]
    [InlineData("Who came when it rained?")]
    [InlineData("How many friends came?")]
    [InlineData("")]
    public void Others_do_not(string question) => QuestionTime.Of(question).AsksForTime.ShouldBeFalse();

    [Fact]
    public void The_days_that_a_question_names_are_known() =>
        QuestionTime.Of("What did Anna do in May 2023?").Period.ShouldBe(new MemoryPeriod(new DateOnly(2023, 5, 1), new DateOnly(2023, 5, 31)));

    [Fact]
    public void A_month_without_a_year_is_the_last_one_before_the_question() =>
        QuestionTime.Of("What happened in June?", new DateOnly(2023, 5, 17)).Period.ShouldBe(new MemoryPeriod(new DateOnly(2022, 6, 1), new DateOnly(2022, 6, 30)));

    [Fact]
    public void Without_a_day_last_summer_is_unknown()
    {
        QuestionTime.Of("Where were we last summer?").Period.ShouldBeNull();
        QuestionTime.Of("Where were we last summer?", new DateOnly(2023, 5, 17)).Period.ShouldBe(new MemoryPeriod(new DateOnly(2022, 6, 1), new DateOnly(2022, 8, 31)));
    }
}
