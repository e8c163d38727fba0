using System.Diagnostics;
using System.Runtime.CompilerServices;
using AgentRouter.Budgets;
using AgentRouter.Identity;
using AgentRouter.Models;
using AgentRouter.Routing.Calls;
using AgentRouter.Routing.Features;
using AgentRouter.Routing.Health;
using AgentRouter.Routing.Policies;
using AgentRouter.Routing.Policies.Fixed;
using AgentRouter.Routing.Tasks;
using AgentRouter.Routing.Telemetry;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing;

/// <summary>The one door of all LLM calls: routes each call to a model, under the budget of the current task.</summary>
/// <remarks>
/// It stands below the function-calling middleware, so that it is asked at every LLM call. A call spends from the ledger of
/// <see cref="TaskScope.Current"/>; outside a task it is counted and not limited. The worst case is held before a request goes
/// out and the output limit that is sent is what the budget pays for; a call that failed, broke or was cancelled is booked at what
/// the provider reported, or at all that was held when that is unknown. Retries and fallbacks reserve anew from the same ledger;
/// after the first update of a stream has reached the caller nothing is tried again. Thread-safe.
/// </remarks>
public sealed class StepRoutingChatClient : IChatClient
{
    private readonly ModelSet _models;
    private readonly StepRouter _router;
    private readonly CallPipeline _pipeline;
    private readonly TimeProvider _timeProvider;
    private readonly IIdGenerator _ids;
    private readonly ChatClientMetadata _metadata;
    private readonly IRoutingPolicy _policy;
    private readonly bool _ownsModels;

    /// <summary>Makes the client.</summary>
    /// <param name="models">The models.</param>
    /// <param name="options">The options; read once.</param>
    /// <param name="ownsModels">Whether disposing the client disposes the models.</param>
    /// <exception cref="ArgumentException">There are no models, or an option is out of range.</exception>
    public StepRoutingChatClient(ModelSet models, StepRoutingOptions? options = null, bool ownsModels = true)
    {
        ArgumentNullException.ThrowIfNull(models);
        if (models.Entries.Count == 0)
            throw new ArgumentException("The model set is empty: add at least one model.", nameof(models));
        options ??= new StepRoutingOptions();
        IRoutingPolicy policy = options.Policy ?? FixedPolicy.AlwaysSmall;
        var health = new ModelHealth(options.Health, options.TimeProvider);
        _models = models;
        _ownsModels = ownsModels;
        _timeProvider = options.TimeProvider;
        _ids = options.Ids ?? new TimeOrderedIdGenerator(options.TimeProvider);
        _router = new StepRouter(models, policy, health, options.Tiers);
        _pipeline = new CallPipeline(models, options, policy, health);
        _metadata = new ChatClientMetadata("agentrouter", null, policy.Name);
        _policy = policy;
        Tiers = options.Tiers ?? models.Tiers;
    }

    /// <summary>Gets the name of the policy that chooses.</summary>
    public string PolicyName => _policy.Name;

    /// <summary>Gets the models that are chosen from.</summary>
    public ModelSet Models => _models;

    /// <summary>Gets the tiers that may be used, from the least to the most capable.</summary>
    internal IReadOnlyList<string> Tiers { get; }

    /// <inheritdoc/>
    /// <exception cref="BudgetExceededException">No model fits the budget; nothing was sent.</exception>
    /// <exception cref="Failures.ModelCallException">The call failed and nothing more may be tried.</exception>
    /// <exception cref="TaskGivenUpException">The policy gave the task up; nothing was sent.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using StepCall call = await BeginAsync(TaskScope.Current, messages, options, cancellationToken).ConfigureAwait(false);
        using Activity? span = RoutingTelemetry.Start();
        while (true)
        {
            call.Reserve();
            ChatResponse response;
            try
            {
                response = await call.SendAsync().ConfigureAwait(false);
            }
            catch (Exception error)
            {
                NextMove next = call.Failed(error, null, delivered: false);
                if (next.Final is not null)
                {
                    call.Tag(span, next.Final);
                    if (ReferenceEquals(next.Final, error))
                        throw;
                    throw next.Final;
                }

                await WaitAsync(next, call.Token).ConfigureAwait(false);
                continue;
            }

            response.ModelId ??= call.Model.ModelId;
            call.Answered(response, response.Usage, response.FinishReason, _pipeline.RecordContent ? response.Text : null, null);
            call.Tag(span, null);
            await call.KeptAsync().ConfigureAwait(false);
            return response;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="BudgetExceededException">No model fits the budget; nothing was sent.</exception>
    /// <exception cref="Failures.ModelCallException">The call failed and nothing more may be tried.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        // the task is the one that is current where the stream is asked for, not where it is read
        StreamAsync(TaskScope.Current, messages, options, cancellationToken);

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return _models.GetService(serviceType, serviceKey);
        if (serviceType.IsInstanceOfType(this))
            return this;
        if (PolicyOf(serviceType) is { } policy)
            return policy;
        if (serviceType == typeof(ChatClientMetadata))
            return _metadata;
        if (serviceType == typeof(ActivitySource))
            return RoutingTelemetry.Source;
        if (serviceType == typeof(IStepRouter))
            return _router;
        return _models.GetService(serviceType);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">What the policy has learned cannot be written down.</exception>
    public void Dispose()
    {
        try
        {
            _pipeline.Policy.Flush();
        }
        finally
        {
            if (_ownsModels)
                _models.Dispose();
        }
    }

    internal TaskScope BeginTask(Budget budget, string? runId, Events.IRunEventSink? events) =>
        TaskScope.Begin(runId ?? _ids.NewId(), new BudgetLedger(budget, _timeProvider), events, _timeProvider);

    // the policy, or the one that rules stand around
    private IRoutingPolicy? PolicyOf(Type type)
    {
        IRoutingPolicy? policy = _policy;
        while (policy is not null && !type.IsInstanceOfType(policy))
            policy = (policy as DelegatingRoutingPolicy)?.Inner;
        return policy;
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        TaskScope? scope, IEnumerable<ChatMessage> messages, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using StepCall call = await BeginAsync(scope, messages, options, cancellationToken).ConfigureAwait(false);
        using Activity? span = RoutingTelemetry.Start();
        while (true)
        {
            call.Reserve();
            var received = new ReceivedStream(_timeProvider, _pipeline.RecordContent, call.IsKept);
            NextMove? failed = null;
            IAsyncEnumerator<ChatResponseUpdate>? updates = null;
            try
            {
                while (true)
                {
                    try
                    {
                        updates ??= call.StreamAsync(call.Token).GetAsyncEnumerator(call.Token);
                        if (!await updates.MoveNextAsync().ConfigureAwait(false))
                            break;
                    }
                    catch (Exception error)
                    {
                        failed = call.Failed(error, received.FinalUsage, received.Delivered);
                        break;
                    }

                    received.Add(updates.Current, call.Model.ModelId);
                    yield return updates.Current;
                }

                if (failed is null)
                    call.Answered(received.Response(), received.Usage, received.FinishReason, received.Text, received.FirstAt);
            }
            finally
            {
                call.Abandoned(received.FinalUsage);
                if (updates is not null)
                    await updates.DisposeAsync().ConfigureAwait(false);
            }

            call.Tag(span, failed?.Final);
            if (failed is null)
            {
                await call.KeptAsync().ConfigureAwait(false);
                yield break;
            }

            if (failed.Value.Final is { } final)
                throw final;
            await WaitAsync(failed.Value, call.Token).ConfigureAwait(false);
        }
    }

    private async ValueTask<StepCall> BeginAsync(TaskScope? current, IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        cancellationToken.ThrowIfCancellationRequested();
        TaskScope scope = current ?? TaskScope.Detached(_ids.NewId(), _timeProvider);
        IReadOnlyList<ChatMessage> list = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        StepIdentity identity = options.GetStep() ?? scope.DefaultIdentity;
        (int step, int callIndex) = scope.NextCall();
        if (scope.Journal is { } journal)
            await journal.TurnAsync(scope.Node, step, cancellationToken).ConfigureAwait(false);
        var context = new StepContext
        {
            Identity = identity,
            Messages = list,
            Advice = scope.Ledger.Budget.Mode == BudgetMode.Advise ? BudgetAdvice.For(scope.Ledger.Snapshot()) : null,
            Options = options,
            Features = StepFeatureExtractor.Extract(list, options, scope, callIndex, identity.CountCall()),
            Ledger = scope.Ledger,
            Memory = scope.Memory,
            IsRepeated = scope.Journal?.IsReplaying == true,
            Purpose = scope.Purpose,
        };
        RouteDecision decision = await _router.RouteAsync(new RouteRequest(context, scope), cancellationToken).ConfigureAwait(false);
        if (scope.Journal is not null)
            decision = scope.Journal.Confirm(decision, scope.Node, step);
        var call = new StepCall(_pipeline, scope, decision, step, cancellationToken);
        if (!decision.GivesUp)
            return call;
        call.Dispose();
        throw new TaskGivenUpException($"The policy '{decision.Policy}' gave the task up: {decision.Reason}.");
    }

    private Task WaitAsync(NextMove next, CancellationToken cancellationToken) =>
        next.Wait > TimeSpan.Zero ? Task.Delay(next.Wait, _timeProvider, cancellationToken) : Task.CompletedTask;
}
