using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using AgentRouter.Failures;

namespace AgentRouter.Providers.Calls;

/// <summary>Turns what goes wrong in calls to one provider into <see cref="ModelCallException"/>s, whose texts never hold the key.</summary>
internal sealed class FailureMapper(ProviderConnection connection, IFailureClassifier classifier, Uri baseUrl, string? key, string? keyVariable)
{
    private readonly string _subject = $"{connection.Subject} (provider '{connection.Settings.Name}')";

    /// <summary>Makes the failure for a response with an error status.</summary>
    public ModelCallException FromResponse(int status, HttpResponseHeaders headers, string body)
    {
        ProviderError error = ProviderError.Parse(status, body);
        FailureClass failure = classifier.Classify(error);
        string advice = failure switch
        {
            FailureClass.Authentication when keyVariable is not null => $" Check the key in {keyVariable} and what it may use.",
            FailureClass.Unknown when status is >= 300 and < 400 => $" It redirects elsewhere; check baseUrl {baseUrl}.",
            _ => "",
        };
        string message = string.Create(CultureInfo.InvariantCulture, $"{_subject} answered with HTTP {status}: {error.Message}{advice}");
        return new ModelCallException(failure, Redact(message)) { RetryAfter = RetryAfter(headers), MayHaveBeenBilled = FailureClassifier.LeavesTheBillOpen(status) };
    }

    /// <summary>Makes the failure for an exception that the SDK threw.</summary>
    public ModelCallException FromException(Exception exception, CallTrace trace)
    {
        if (Find<ModelCallException>(exception) is { } known)
            return known;
        if (classifier.FromStream(exception) is { } reported)
            return Failed(classifier.Classify(reported), $"{_subject} reported an error in the middle of its answer: {reported.Message}", exception, billed: true);
        if (!trace.RequestMade)
            return Failed(FailureClass.InvalidRequest, $"The request to {_subject} cannot be made: {ProviderError.Shorten(exception.Message)}", exception, billed: false);
        if (Find<HttpRequestException>(exception) is { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError } unreachable)
            return Failed(FailureClass.Transient, $"{_subject} cannot be reached at {baseUrl}: {ProviderError.Shorten(unreachable.Message)}", exception, billed: false);
        if (Find<HttpRequestException>(exception) is not null || Find<IOException>(exception) is not null || Find<SocketException>(exception) is not null)
            return Failed(FailureClass.Transient, $"The connection to {_subject} broke before the answer was complete: {ProviderError.Shorten(exception.Message)}", exception, billed: true);
        if (Find<OperationCanceledException>(exception) is not null || Find<TimeoutException>(exception) is not null)
            return Failed(FailureClass.Timeout, $"The call to {_subject} was given up: {ProviderError.Shorten(exception.Message)}", exception, billed: true);
        return Failed(FailureClass.MalformedReply, $"{_subject} answered with something that is not an answer: {ProviderError.Shorten(exception.Message)}", exception, billed: true);
    }

    /// <summary>Makes the failure for a call that got nothing for too long.</summary>
    public ModelCallException TimedOut(CallTrace trace)
    {
        string seconds = connection.Settings.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        string where = trace.ResponseStarted ? "the answer stopped for" : "there was no answer within";
        return new ModelCallException(FailureClass.Timeout, $"{_subject}: {where} {seconds} seconds, the timeout of the provider.");
    }

    /// <summary>Makes the failure for an answer that lacks what makes it an answer.</summary>
    public ModelCallException Malformed(string what) => new(FailureClass.MalformedReply, $"{_subject}: {what}");

    /// <summary>Makes the failure for an answer that the provider withheld; it has been billed.</summary>
    public ModelCallException Withheld() =>
        new(FailureClass.ContentFilter, $"{_subject} withheld its answer: its content filter refused the content.") { MayHaveBeenBilled = true };

    private ModelCallException Failed(FailureClass failure, string message, Exception exception, bool billed) =>
        new(failure, Redact(message), Safe(exception)) { MayHaveBeenBilled = billed };

    private string Redact(string text) => string.IsNullOrEmpty(key) ? text : text.Replace(key, "[key]", StringComparison.Ordinal);

    private Exception? Safe(Exception exception) =>
        !string.IsNullOrEmpty(key) && exception.ToString().Contains(key, StringComparison.Ordinal) ? null : exception;

    private TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        if (headers.TryGetValues("retry-after-ms", out IEnumerable<string>? values)
            && double.TryParse(values.FirstOrDefault(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double milliseconds) && milliseconds < int.MaxValue)
            return TimeSpan.FromMilliseconds(milliseconds);
        TimeSpan? wait = headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - connection.TimeProvider.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static T? Find<T>(Exception exception)
        where T : Exception
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            if (e is T found)
                return found;
        }

        return exception is AggregateException all ? all.Flatten().InnerExceptions.OfType<T>().FirstOrDefault() : null;
    }
}
