using System.Text.Json;
using AgentRouter.Failures;
using AgentRouter.Providers.Calls;
using Anthropic.Exceptions;

namespace AgentRouter.Providers.Anthropic;

/// <summary>Anthropic's error types (platform.claude.com/docs/en/api/errors), in responses and inside streams.</summary>
internal sealed class AnthropicFailureClassifier : IFailureClassifier
{
    /// <inheritdoc/>
    public FailureClass Classify(ProviderError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Type switch
        {
            "invalid_request_error" when error.Says("prompt is too long", "exceed context limit", "context window") => FailureClass.ContextTooLong,
            // out of money: waiting does not help, another provider may
            "invalid_request_error" when error.Says("credit balance is too low") => FailureClass.Authentication,
            "invalid_request_error" when error.Says("content filtering policy") => FailureClass.ContentFilter,
            "invalid_request_error" or "not_found_error" => FailureClass.InvalidRequest,
            "authentication_error" or "permission_error" or "billing_error" => FailureClass.Authentication,
            "request_too_large" => FailureClass.ContextTooLong,
            "rate_limit_error" => FailureClass.Throttled,
            "timeout_error" => FailureClass.Timeout,
            "api_error" or "overloaded_error" => FailureClass.Transient,
            _ => FailureClassifier.OfStatus(error.Status),
        };
    }

    /// <inheritdoc/>
    public ProviderError? FromStream(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            if (e is AnthropicSseException error)
                return ProviderError.Parse(0, error.Body.ValueKind == JsonValueKind.Object ? error.Body.GetRawText() : error.Message);
        }

        return null;
    }
}
