using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AgentRouter.Tools.Text;

namespace AgentRouter.Tools.Healing.Calls;

/// <summary>Tells what kind of failure an exception of a tool is, and whether the call may have taken effect all the same.</summary>
/// <remarks>A tool that says that it could not (<see cref="ToolException"/>, HTTP 4xx, 503) has done nothing, and neither has a request that was never sent. Whatever else a tool
/// throws may have come after the effect. The table is in docs/healing.md.</remarks>
public static class ToolFailures
{
    /// <summary>Classifies an exception.</summary>
    /// <param name="exception">What the tool threw.</param>
    public static ToolFailure Classify(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception switch
        {
            ToolException declared => Failure(declared.Kind, declared) with { MayHaveTakenEffect = declared.MayHaveTakenEffect, RetryAfter = declared.RetryAfter },
            HttpRequestException { StatusCode: { } status } refused => OfStatus(status, refused),
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError } unsent =>
                Failure(ToolFailureKind.Unreachable, unsent),
            SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable or SocketError.NetworkUnreachable } unsent =>
                Failure(ToolFailureKind.Unreachable, unsent),
            OperationCanceledException or TimeoutException => Failure(ToolFailureKind.Timeout, exception) with { MayHaveTakenEffect = true },
            _ => Failure(ToolFailureKind.Broke, exception) with { MayHaveTakenEffect = true },
        };
    }

    /// <summary>Tells whether an exception is that of a function's own binding: the arguments do not fit, and nothing was called.</summary>
    /// <param name="exception">What the function threw.</param>
    public static bool IsBinding(Exception exception) =>
        exception is (ArgumentException or JsonException) && exception.TargetSite?.Module.Assembly.GetName().Name?.StartsWith("Microsoft.Extensions.AI", StringComparison.Ordinal) == true;

    private static ToolFailure OfStatus(HttpStatusCode status, HttpRequestException exception) => status switch
    {
        HttpStatusCode.TooManyRequests => Failure(ToolFailureKind.Throttled, exception),
        HttpStatusCode.ServiceUnavailable => Failure(ToolFailureKind.Unreachable, exception),
        HttpStatusCode.RequestTimeout or HttpStatusCode.GatewayTimeout => Failure(ToolFailureKind.Timeout, exception) with { MayHaveTakenEffect = true },
        >= HttpStatusCode.InternalServerError => Failure(ToolFailureKind.Broke, exception) with { MayHaveTakenEffect = true },
        _ => Failure(ToolFailureKind.Declared, exception),
    };

    private static ToolFailure Failure(ToolFailureKind kind, Exception exception) => new(kind, Shorten(exception is ToolException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}"));

    internal static string Shorten(string message) => OutputCapture.Shorten(TerminalText.Clean(message), HealingDefaults.MaxMessage);
}
