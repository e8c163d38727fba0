using System.Runtime.CompilerServices;
using AgentRouter.Budgets;
using AgentRouter.Failures;
using AgentRouter.Routing.Tasks;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Agreement;

/// <summary>Asks the cheap tier several times; where enough answers agree, one of them is the answer, else a more capable tier is asked.</summary>
/// <remarks>
/// Self-consistency as a verifier that needs no test: X. Wang et al., 2022; agreement as a route to larger models: ACAR, 2026.
/// It stands above the step router, so each sample is routed, budgeted and settled as a call of its own; samples are taken one after
/// the other and no more than it takes. The usage of an answer is that of all calls together. A request passes as it is where the cheap
/// tier is not allowed or nothing above it is, after a failed check (then the policy escalates), for the last answer from the reserve,
/// and where the provider keeps the conversation. When the budget or the models give out on the way, the answer that most samples gave
/// is returned rather than none. Answers sampled at temperature 0 agree for no good reason. Thread-safe as far as the inner client is.
/// </remarks>
public sealed class AgreementChatClient : DelegatingChatClient
{
    private readonly AgreementOptions _options;
    private readonly IReadOnlyList<string> _tiers;
    private readonly string _cheap;

    /// <summary>Makes the client.</summary>
    /// <param name="innerClient">A client with a step router in its pipeline; disposed with this one.</param>
    /// <param name="options">The options; read once.</param>
    /// <exception cref="InvalidOperationException">There is no step router in the pipeline.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or the router does not use the cheap tier.</exception>
    public AgreementChatClient(IChatClient innerClient, AgreementOptions? options = null)
        : base(innerClient)
    {
        _options = (options ?? new AgreementOptions()).Validate();
        StepRoutingChatClient router = innerClient.GetService<StepRoutingChatClient>()
            ?? throw new InvalidOperationException("Agreement needs a step router below it: add UseStepRouting to the ChatClientBuilder after UseAgreement.");
        _tiers = router.Tiers;
        _cheap = router.Models.Find(_options.CheapTier)?.Profile.Tier ?? _options.CheapTier ?? _tiers[0];
        if (!_tiers.Contains(_cheap))
            throw new ArgumentException($"The router does not use a tier '{_cheap}'; its tiers are {string.Join(", ", _tiers)}.", nameof(options));
    }

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (Plan(TaskScope.Current, options) is not { } plan)
            return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ChatMessage> list = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        (CheapSamples samples, bool isFinal) = await SampleAsync(plan, list, cancellationToken).ConfigureAwait(false);
        if (isFinal)
            return samples.Deliver();
        try
        {
            ChatResponse response = await base.GetResponseAsync(list, plan.Above(), cancellationToken).ConfigureAwait(false);
            response.Usage = samples.With(response.Usage);
            return response;
        }
        catch (Exception error) when (samples.Best is not null && GaveOut(error))
        {
            return samples.Deliver();
        }
    }

    /// <inheritdoc/>
    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        // the task is the one that is current where the stream is asked for, not where it is read
        return Plan(TaskScope.Current, options) is { } plan
            ? StreamAsync(plan, messages as IReadOnlyList<ChatMessage> ?? [.. messages], cancellationToken)
            : base.GetStreamingResponseAsync(messages, options, cancellationToken);
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        SamplingPlan plan, IReadOnlyList<ChatMessage> messages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (CheapSamples samples, bool isFinal) = await SampleAsync(plan, messages, cancellationToken).ConfigureAwait(false);
        if (!isFinal)
        {
            bool gaveOut = false, delivered = false;
            await using IAsyncEnumerator<ChatResponseUpdate> updates = StreamAbove(plan, messages, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                try
                {
                    if (!await updates.MoveNextAsync().ConfigureAwait(false))
                        break;
                }
                catch (Exception error) when (!delivered && samples.Best is not null && GaveOut(error))
                {
                    gaveOut = true;
                    break;
                }

                delivered = true;
                yield return updates.Current;
            }

            if (!gaveOut)
            {
                if (samples.Usage is { } usage)
                    yield return new ChatResponseUpdate { Contents = [new UsageContent(usage)] };
                yield break;
            }
        }

        foreach (ChatResponseUpdate update in samples.Deliver().ToChatResponseUpdates())
            yield return update;
    }

    private IAsyncEnumerable<ChatResponseUpdate> StreamAbove(SamplingPlan plan, IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        using TaskScope? part = plan.Scope?.BeginPart(null);
        return base.GetStreamingResponseAsync(messages, plan.Above(), cancellationToken);
    }

    // Samples until they agree or cannot any more. Final means that nobody else is asked.
    private async Task<(CheapSamples Samples, bool IsFinal)> SampleAsync(SamplingPlan plan, IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        using TaskScope? part = plan.Scope?.BeginPart(null);
        var samples = new CheapSamples(_options);
        while (samples.AnotherMayHelp)
        {
            try
            {
                samples.Add(await base.GetResponseAsync(messages, plan.Cheap(), cancellationToken).ConfigureAwait(false));
            }
            catch (BudgetExceededException) when (samples.Best is not null)
            {
                return (samples, true);
            }
            catch (ModelCallException failure) when (failure.Failure != FailureClass.Cancelled)
            {
                return (samples, false);
            }
        }

        return (samples, samples.Agree);
    }

    private static bool GaveOut(Exception error) => error is BudgetExceededException or ModelCallException { Failure: not FailureClass.Cancelled };

    private SamplingPlan? Plan(TaskScope? scope, ChatOptions? options)
    {
        if (options?.ConversationId is not null || scope is { Purpose: not SpendPurpose.Work } or { Checks.FailedInARow: > 0 })
            return null;
        StepIdentity identity = options.GetStep() ?? scope?.DefaultIdentity ?? new StepIdentity("");
        bool Allows(string tier) => identity.AllowedTiers?.Contains(tier) != false;
        string[] above = [.. _tiers.SkipWhile(tier => tier != _cheap).Skip(1).Where(Allows)];
        if (above.Length == 0 || !Allows(_cheap))
            return null;
        // the copies count from here on: all calls of this request are one call of the visit
        var plan = new SamplingPlan(scope, options, identity with { AllowedTiers = [_cheap] }, identity with { AllowedTiers = above });
        identity.CountCall();
        return plan;
    }

    private sealed record SamplingPlan(TaskScope? Scope, ChatOptions? Options, StepIdentity CheapIdentity, StepIdentity AboveIdentity)
    {
        public ChatOptions Cheap() => With(CheapIdentity);

        public ChatOptions Above() => With(AboveIdentity);

        private ChatOptions With(StepIdentity identity) => (Options?.Clone() ?? new ChatOptions()).WithStep(identity with { });
    }
}
