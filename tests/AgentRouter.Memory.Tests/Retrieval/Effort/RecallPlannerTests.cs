using AgentRouter.Memory.Retrieval.Aid;
using AgentRouter.Memory.Retrieval.Effort;

namespace AgentRouter.Memory.Tests.Retrieval.Effort;

public class RecallPlannerTests
{
    private static readonly RecallMeans All = new(HasModel: true, HasVectors: true, HasReranker: true, Refusal: null);

    [Fact]
    public void A_question_whose_words_stand_there_is_worth_nothing_more() =>
        Plan("What did Anna Fischer say to Ben Kurz?", new RecallSureness(0.9f, 0.2f, false, true)).IsLow.ShouldBeTrue();

    [Theory]
    [InlineData(0.7f, RecallEffort.Medium)]
    [InlineData(0.2f, RecallEffort.High)]
    public void The_less_of_it_stands_there_the_more_it_is_worth(float covered, RecallEffort topics) =>
        Plan("What did she do?", new RecallSureness(covered, 0.2f, false, true))[RecallModule.Topics].Effort.ShouldBe(topics);

    [Theory]
    [InlineData("What did she buy after the marathon?", RecallEffort.Medium)]
    [InlineData("What did she buy?", RecallEffort.Low)]
    [InlineData("When did she run?", RecallEffort.Low)]
    [InlineData("What did she buy after May 2026?", RecallEffort.Low)]
    public void An_event_in_place_of_a_date_is_looked_for(string question, RecallEffort effort) =>
        Plan(question, new RecallSureness(0.9f, 0.2f, false, true))[RecallModule.Temporal].Effort.ShouldBe(effort);

    [Fact]
    public void Days_that_are_known_are_not_looked_for() =>
        Plan("What did she buy after the marathon?", new RecallSureness(0.9f, 0.2f, HasPeriods: true, true))[RecallModule.Temporal].Effort.ShouldBe(RecallEffort.Low);

    [Fact]
    public void What_stands_close_together_is_put_in_order() =>
        Plan("What did she do?", new RecallSureness(0.6f, 0.01f, false, true))[RecallModule.Filter].ShouldSatisfyAllConditions(
            filter => filter.Effort.ShouldBe(RecallEffort.Medium), filter => filter.Reason.ShouldBe("the last that is shown and the next differ by 1 %"));

    [Theory]
    [InlineData(0, RecallEffort.Low)]
    [InlineData(1, RecallEffort.Low)]
    [InlineData(1.5, RecallEffort.Medium)]
    [InlineData(4, RecallEffort.High)]
    public void What_does_not_fit_is_summed_up(double fill, RecallEffort effort) =>
        RecallPlanner.Of(QuestionLook.At("What did she do?"), new RecallSureness(0.9f, 0.2f, false, true), fill, All)[RecallModule.Summary].Effort.ShouldBe(effort);

    [Fact]
    public void What_there_is_bounds_the_effort_and_the_reason_says_what_is_missing()
    {
        var unsure = new RecallSureness(0.2f, 0.01f, false, true);
        RecallPlan vectors = Plan("What did she do?", unsure, All with { HasModel = false });
        RecallPlan model = Plan("What did she do?", unsure with { Covered = 0.7f }, new RecallMeans(true, false, false, null));
        RecallPlan broke = Plan("What did she do?", unsure, All with { Refusal = "the budget is used up" });

        vectors[RecallModule.Topics].ShouldSatisfyAllConditions(topics => topics.Effort.ShouldBe(RecallEffort.Medium), topics => topics.Reason.ShouldEndWith("; no model is given"));
        model[RecallModule.Topics].Effort.ShouldBe(RecallEffort.High, "without vectors the model is next");
        broke[RecallModule.Topics].ShouldSatisfyAllConditions(topics => topics.Effort.ShouldBe(RecallEffort.Low), topics => topics.Reason.ShouldEndWith("; the budget is used up"));
        broke[RecallModule.Filter].Effort.ShouldBe(RecallEffort.Medium, "the reranker is here");
    }

    [Fact]
    public void A_question_is_seen_with_its_things_topics_and_event()
    {
        QuestionLook look = QuestionLook.At("Which tiles did Anna Fischer restore after the flood in Porto?");

        look.Things.ShouldBe(["Anna Fischer", "Porto"]);
        look.Event.ShouldBe("the flood in Porto");
        look.Topics.ShouldContain("tiles");
        QuestionLook.At("").Phrases(_ => true).ShouldBeEmpty();
    }

    private static RecallPlan Plan(string question, RecallSureness sureness, RecallMeans? means = null) => RecallPlanner.Of(QuestionLook.At(question), sureness, 0, means ?? All);
}
