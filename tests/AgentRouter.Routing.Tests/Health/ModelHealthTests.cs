using AgentRouter.Failures;
using AgentRouter.Routing.Health;
using Microsoft.Extensions.Time.Testing;

namespace AgentRouter.Routing.Tests.Health;

public sealed class ModelHealthTests
{
    private readonly FakeTimeProvider _clock = new();

    private ModelHealth Health() => new(new ModelHealthOptions { FailuresBeforeRest = 2, FirstRest = TimeSpan.FromSeconds(10), LongestRest = TimeSpan.FromSeconds(30) }, _clock);

    [Fact]
    public void A_model_rests_after_failures_in_a_row_and_longer_each_time()
    {
        ModelHealth health = Health();
        health.Failed("m", FailureClass.Transient, null);
        health.IsWell("m").ShouldBeTrue();
        health.Failed("m", FailureClass.Transient, null);
        health.IsWell("m").ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(10));
        health.IsWell("m").ShouldBeTrue();

        health.Failed("m", FailureClass.Transient, null);
        _clock.Advance(TimeSpan.FromSeconds(19));
        health.IsWell("m").ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        health.IsWell("m").ShouldBeTrue();
    }

    [Fact]
    public void An_answer_ends_the_row_of_failures()
    {
        ModelHealth health = Health();
        health.Failed("m", FailureClass.Transient, null);
        health.Succeeded("m");
        health.Failed("m", FailureClass.Transient, null);
        health.IsWell("m").ShouldBeTrue();
    }

    [Fact]
    public void A_provider_that_names_a_time_is_left_alone_until_then()
    {
        ModelHealth health = Health();
        health.Failed("m", FailureClass.Throttled, TimeSpan.FromSeconds(50));
        _clock.Advance(TimeSpan.FromSeconds(49));
        health.IsWell("m").ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        health.IsWell("m").ShouldBeTrue();
    }

    [Theory]
    [InlineData(FailureClass.InvalidRequest)]
    [InlineData(FailureClass.ContextTooLong)]
    [InlineData(FailureClass.ContentFilter)]
    [InlineData(FailureClass.Cancelled)]
    public void A_failure_that_is_the_requests_fault_does_not_count(FailureClass failure)
    {
        ModelHealth health = Health();
        for (int i = 0; i < 5; i++)
            health.Failed("m", failure, null);
        health.IsWell("m").ShouldBeTrue();
    }
}
