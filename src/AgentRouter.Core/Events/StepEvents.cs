using AgentRouter.Failures;
using AgentRouter.Pricing;
using AgentRouter.Steps;

namespace AgentRouter.Events;

/// <summary>The router chose a model for an LLM call.</summary>
/// <param name="Agent">The agent whose call it is.</param>
/// <param name="Role">Its role.</param>
/// <param name="Model">The model that was chosen.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="Policy">The policy that chose.</param>
/// <param name="Reason">Why, in a few words.</param>
/// <param name="Candidates">All models that were considered.</param>
/// <param name="Features">What was looked at.</param>
public sealed record StepRouted(
    string? Agent, string? Role, string Model, string Tier, string Policy, string Reason,
    IReadOnlyList<CandidateSummary> Candidates, StepFeatures Features) : RunEvent;

/// <summary>A candidate as the record of a run knows it.</summary>
/// <param name="Model">The model.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="Gate">Why it could not take the step, or <see langword="null"/>.</param>
/// <param name="PredictedSuccess">The predicted probability of success, where the policy has one.</param>
/// <param name="ExpectedCost">The expected cost, the cache taken into account.</param>
/// <param name="ExpectedFreshCost">The expected cost with an empty cache.</param>
/// <param name="ExpectedCachedTokens">The prompt tokens expected in the provider's cache.</param>
public sealed record CandidateSummary(
    string Model, string Tier, string? Gate, double? PredictedSuccess, Money ExpectedCost, Money ExpectedFreshCost, long ExpectedCachedTokens);

/// <summary>A request went out.</summary>
/// <param name="Model">The model.</param>
/// <param name="Attempt">The attempt at this step, from 1; retries and fallbacks count up.</param>
/// <param name="MaxOutputTokens">The output limit that was sent.</param>
public sealed record CallSent(string Model, int Attempt, int MaxOutputTokens) : RunEvent;

/// <summary>A request was answered in full.</summary>
/// <param name="Model">The model.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="Usage">Tokens as the provider reported them, or <see langword="null"/> when it reported none.</param>
/// <param name="Latency">From sending to the end of the answer.</param>
/// <param name="TimeToFirstToken">From sending to the first update of a stream; <see langword="null"/> when not streamed.</param>
/// <param name="FinishReason">Why the model stopped.</param>
/// <param name="Text">The answer's text, shortened; only when content is recorded.</param>
public sealed record CallAnswered(
    string Model, string Tier, TokenUsage? Usage, TimeSpan Latency, TimeSpan? TimeToFirstToken, string? FinishReason, string? Text) : RunEvent;

/// <summary>A request failed.</summary>
/// <param name="Model">The model.</param>
/// <param name="Failure">What kind of failure it was.</param>
/// <param name="Message">What happened, without any secret.</param>
/// <param name="Next">What the router does now: <c>retry in 2 s</c>, <c>fall back to gpt-5</c>, <c>give up</c>.</param>
public sealed record CallFailed(string Model, FailureClass Failure, string Message, string Next) : RunEvent
{
    /// <summary>What <see cref="Next"/> says when nothing is tried any more.</summary>
    public const string GivesUp = "give up";

    /// <summary>Gets how long the provider asked to wait, if it did.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>The process ended after a request went out and before it was answered. All that was held is booked; the request is made
/// again where the budget allows.</summary>
/// <param name="Model">The model.</param>
public sealed record CallInDoubt(string Model) : RunEvent;

/// <summary>A tool was called.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="CallId">The id that the model gave the call, or the engine's own.</param>
/// <param name="Arguments">The arguments as JSON text, shortened.</param>
public sealed record ToolCalled(string Tool, string CallId, string Arguments) : RunEvent;

/// <summary>A person approved a tool call; it goes out now.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="CallId">The id of the call.</param>
public sealed record ToolApproved(string Tool, string CallId) : RunEvent;

/// <summary>A tool returned.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="CallId">The id of the call.</param>
/// <param name="Succeeded">Whether it did what it was asked.</param>
/// <param name="Result">The result as text, shortened.</param>
/// <param name="Duration">How long it took.</param>
public sealed record ToolReturned(string Tool, string CallId, bool Succeeded, string Result, TimeSpan Duration) : RunEvent
{
    /// <summary>Gets how it failed, for a tool on the way to a goal: <c>timeout</c>, <c>declared</c>, …; else <see langword="null"/>.</summary>
    public string? Failure { get; init; }

    /// <summary>Gets a value indicating whether a failed call may have taken effect all the same, for a tool on the way to a goal.</summary>
    public bool MayHaveTakenEffect { get; init; }
}
