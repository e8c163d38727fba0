using AgentRouter.Routing.Costs;

namespace AgentRouter.Routing.Tests.Costs;

public sealed class StepHazardTests
{
    [Fact]
    public void Without_any_conversation_the_hazard_is_the_same_after_each_call()
    {
        var hazard = new StepHazard(expectedCalls: 4);
        hazard.EndsAfter(1).ShouldBe(0.25);
        hazard.EndsAfter(100).ShouldBe(0.25);
        hazard.EndsAfter(10_000).ShouldBe(0.25);
    }

    [Fact]
    public void Recorded_conversations_shape_it_and_the_prior_fades()
    {
        // 95 conversations of two calls and 5 of three: with the prior of 5 at hazard 0.1, (95 + 0.5) / 105 end after the second
        StepHazard hazard = StepHazard.Of([.. Enumerable.Repeat(2, 95), .. Enumerable.Repeat(3, 5)]);
        hazard.EndsAfter(1).ShouldBe(1 - (100 + 4.5) / 105, 1e-12);
        hazard.EndsAfter(2).ShouldBe(1 - (5 + 4.5) / 105, 1e-12);
        hazard.EndsAfter(4).ShouldBe(0.1, 1e-12);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_conversation_has_at_least_one_call(double expected) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new StepHazard(expected));
}
