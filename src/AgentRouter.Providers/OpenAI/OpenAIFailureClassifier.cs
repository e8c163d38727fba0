using AgentRouter.Failures;
using AgentRouter.Providers.Calls;

namespace AgentRouter.Providers.OpenAI;

/// <summary>OpenAI's error codes (platform.openai.com/docs/guides/error-codes), Azure's content filter, and what compatible servers say instead of codes.</summary>
internal sealed class OpenAIFailureClassifier : IFailureClassifier
{
    /// <inheritdoc/>
    public FailureClass Classify(ProviderError error) => error switch
    {
        { Code: "context_length_exceeded" or "string_above_max_length" } => FailureClass.ContextTooLong,
        { Code: "content_filter" or "content_policy_violation" or "ResponsibleAIPolicyViolation" } => FailureClass.ContentFilter,
        // out of money: waiting does not help, another provider may
        { Code: "insufficient_quota" or "billing_hard_limit_reached" } or { Type: "insufficient_quota" } or { Status: 402 } => FailureClass.Authentication,
        { Code: "invalid_api_key" } => FailureClass.Authentication,
        { Status: 400 or 413 or 422 } when error.Says("maximum context length", "context window", "context length", "exceeds the available context size") => FailureClass.ContextTooLong,
        _ => FailureClassifier.OfStatus(error.Status),
    };
}
