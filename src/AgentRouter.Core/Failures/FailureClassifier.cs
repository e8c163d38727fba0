using System.Net.Sockets;
using System.Text.Json;

namespace AgentRouter.Failures;

/// <summary>Classifies exceptions that no provider client has classified.</summary>
public static class FailureClassifier
{
    /// <summary>Finds the class of an exception that a chat client threw.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="cancellationToken">The caller's token: a cancellation that the caller did not ask for is a time-out.</param>
    /// <returns>The exception itself if it is a <see cref="ModelCallException"/>, else one that wraps it.</returns>
    public static ModelCallException Classify(Exception exception, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (exception is ModelCallException known)
            return known;
        FailureClass failure = exception switch
        {
            OperationCanceledException when cancellationToken.IsCancellationRequested => FailureClass.Cancelled,
            OperationCanceledException or TimeoutException => FailureClass.Timeout,
            HttpRequestException { StatusCode: { } status } => OfStatus((int)status),
            HttpRequestException or SocketException => FailureClass.Transient,
            IOException => FailureClass.Transient,
            JsonException => FailureClass.MalformedReply,
            ArgumentException or NotSupportedException => FailureClass.InvalidRequest,
            _ => FailureClass.Unknown,
        };
        return new ModelCallException(failure, exception.Message, exception)
        {
            MayHaveBeenBilled = failure.MayHaveBeenBilled() || LeavesTheBillOpen(exception),
        };
    }

    /// <summary>Whether an HTTP status leaves open if the model ran: a gateway gave up waiting for it. All other errors are refusals,
    /// which providers do not bill.</summary>
    /// <param name="status">The status code.</param>
    public static bool LeavesTheBillOpen(int status) => status is 408 or 502 or 504 or (>= 520 and < 529);

    /// <summary>Finds the class of an HTTP status that a provider answered with.</summary>
    /// <param name="status">The status code.</param>
    public static FailureClass OfStatus(int status) => status switch
    {
        401 or 403 => FailureClass.Authentication,
        408 => FailureClass.Timeout,
        413 => FailureClass.ContextTooLong,
        429 => FailureClass.Throttled,
        >= 500 => FailureClass.Transient,
        >= 400 => FailureClass.InvalidRequest,
        _ => FailureClass.Unknown,
    };

    // a connection that was never made sent nothing; one that breaks once the request is out leaves the bill open
    private static bool LeavesTheBillOpen(Exception exception) => exception switch
    {
        HttpRequestException { StatusCode: { } status } => LeavesTheBillOpen((int)status),
        HttpRequestException http => http.HttpRequestError is not (HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError),
        SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound } => false,
        SocketException or IOException => true,
        _ => false,
    };
}
