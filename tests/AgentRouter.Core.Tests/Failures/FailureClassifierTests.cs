using System.Net;
using System.Text.Json;
using AgentRouter.Failures;

namespace AgentRouter.Tests.Failures;

public sealed class FailureClassifierTests
{
    [Theory]
    [InlineData(429, FailureClass.Throttled)]
    [InlineData(500, FailureClass.Transient)]
    [InlineData(401, FailureClass.Authentication)]
    [InlineData(400, FailureClass.InvalidRequest)]
    [InlineData(413, FailureClass.ContextTooLong)]
    public void A_status_has_a_class(int status, FailureClass expected) =>
        FailureClassifier.Classify(new HttpRequestException("no", null, (HttpStatusCode)status), default).Failure.ShouldBe(expected);

    [Fact]
    public void A_cancellation_that_the_caller_did_not_ask_for_is_a_time_out()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        FailureClassifier.Classify(new TaskCanceledException(), default).Failure.ShouldBe(FailureClass.Timeout);
        FailureClassifier.Classify(new TaskCanceledException(), cancelled.Token).Failure.ShouldBe(FailureClass.Cancelled);
    }

    [Fact]
    public void What_a_provider_refused_is_free_what_is_in_doubt_is_not()
    {
        FailureClassifier.Classify(new HttpRequestException("no", null, HttpStatusCode.TooManyRequests), default).MayHaveBeenBilled.ShouldBeFalse();
        FailureClassifier.Classify(new IOException("connection reset"), default).MayHaveBeenBilled.ShouldBeTrue();
        FailureClassifier.Classify(new HttpRequestException("no", null, HttpStatusCode.GatewayTimeout), default).MayHaveBeenBilled.ShouldBeTrue();
        FailureClassifier.Classify(new HttpRequestException(HttpRequestError.ResponseEnded, "cut"), default).MayHaveBeenBilled.ShouldBeTrue();
        FailureClassifier.Classify(new HttpRequestException(HttpRequestError.ConnectionError, "refused"), default).MayHaveBeenBilled.ShouldBeFalse();
        FailureClassifier.Classify(new JsonException("not json"), default).MayHaveBeenBilled.ShouldBeTrue();
        FailureClassifier.Classify(new TimeoutException(), default).MayHaveBeenBilled.ShouldBeTrue();
    }

    [Fact]
    public void Cancellation_is_never_retried_and_never_falls_back()
    {
        FailureClass.Cancelled.MayRetry().ShouldBeFalse();
        FailureClass.Cancelled.MayFallBack().ShouldBeFalse();
        FailureClass.InvalidRequest.MayFallBack().ShouldBeFalse();
    }
}
