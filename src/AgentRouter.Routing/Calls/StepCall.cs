using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Failures;
using AgentRouter.Models;
using AgentRouter.Pricing;
using AgentRouter.Routing.Tasks;
using AgentRouter.Routing.Telemetry;
using AgentRouter.Steps;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Calls;

/// <summary>One LLM call on its way: reserved, sent, answered or failed, settled; retried and fallen back inside the same ledger.</summary>
internal sealed class StepCall : IDisposable
{
    private const int MaxMessageLength = 500;

    // timers take no more than 49 days; a call that is still on its way by then has other troubles
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(49);

    private readonly CallPipeline _pipeline;
    private readonly TaskScope _scope;
    private readonly RouteDecision _decision;
    private readonly int _step;
    private readonly CancellationToken _callerToken;
    private readonly CancellationTokenSource? _deadline;
    private List<ModelEntry>? _tried;
    private BudgetReservation? _reservation;
    private Candidate _candidate;
    private int _attempt;
    private int _attemptsWithModel;
    private long _sentAt;
    private Money _booked;
    private RecordedAttempt? _recorded;

    public StepCall(CallPipeline pipeline, TaskScope scope, RouteDecision decision, int step, CancellationToken cancellationToken)
    {
        _pipeline = pipeline;
        _scope = scope;
        _decision = decision;
        _step = step;
        _candidate = decision.Chosen;
        _callerToken = cancellationToken;
        Token = cancellationToken;
        Options = null!;
        Messages = decision.Step.Advice is { } advice ? [.. decision.Step.Messages, advice] : decision.Step.Messages;
        if (scope.Ledger.TimeRemaining(decision.Step.Purpose) is { } left)
        {
            _deadline = new CancellationTokenSource(left < LongestTimer ? left : LongestTimer, scope.TimeProvider);
            Linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _deadline.Token);
            Token = Linked.Token;
        }

        if (scope.Events is { } events)
            events.Emit(Describe());
    }

    /// <summary>Gets the token that ends the call when the caller cancels or the task's time is up.</summary>
    public CancellationToken Token { get; }

    /// <summary>Gets the messages to send.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>Gets the options to send; set by <see cref="Reserve"/>.</summary>
    public ChatOptions Options { get; private set; }

    /// <summary>Gets the model that takes the attempt.</summary>
    public ModelProfile Model => _candidate.Model.Profile;

    /// <summary>Gets the client that talks to it.</summary>
    public IChatClient Client => _pipeline.ClientOf(_candidate.Model);

    private CancellationTokenSource? Linked { get; }

    /// <summary>Holds the worst case of the next attempt, on a cheaper model where the chosen one does not fit, and notes it as sent.</summary>
    /// <exception cref="BudgetExceededException">No model fits.</exception>
    public void Reserve()
    {
        BudgetSnapshot? before = _scope.Events is null ? null : _scope.Ledger.Snapshot();
        if (!TryReserve(_candidate, out int limit, out BudgetRefusal? refusal) && !TryDegrade(ref limit, ref refusal))
        {
            _scope.Events?.Emit(new BudgetRefused(refusal!) { Node = _scope.Node, Step = _step });
            throw new BudgetExceededException(refusal!, _scope.Ledger.Budget.OnExceeded);
        }

        _attempt++;
        _attemptsWithModel++;
        Options = OptionsFor(_candidate.Model, limit);
        if (_scope.Events is { } events)
        {
            events.Emit(new BudgetReserved(Model.Name, _reservation!.Amount, before!) { Node = _scope.Node, Step = _step });
            events.Emit(new CallSent(Model.Name, _attempt, limit) { Node = _scope.Node, Step = _step });
        }

        _reservation!.MarkSent();
        _sentAt = _scope.TimeProvider.GetTimestamp();
    }

    /// <summary>Sends the request, or recalls what came of it when it was sent before.</summary>
    public async ValueTask<ChatResponse> SendAsync()
    {
        if (_scope.Journal is not { } journal || await RecallAsync(journal).ConfigureAwait(false) is not { } answer)
            return await Client.GetResponseAsync(Messages, Options, Token).ConfigureAwait(false);
        return answer;
    }

    /// <summary>Sends the request and streams the answer, or recalls what came of it when it was sent before.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> StreamAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (_scope.Journal is not { } journal || await RecallAsync(journal).ConfigureAwait(false) is not { } answer)
        {
            await foreach (ChatResponseUpdate update in Client.GetStreamingResponseAsync(Messages, Options, cancellationToken).ConfigureAwait(false))
                yield return update;
            yield break;
        }

        foreach (ChatResponseUpdate update in answer.ToChatResponseUpdates())
            yield return update;
    }

    /// <summary>Gets a value indicating whether answers are kept in a journal.</summary>
    public bool IsKept => _scope.Journal is { KeepsValues: true };

    /// <summary>Waits until what came of the call is kept.</summary>
    public ValueTask KeptAsync() => _scope.Journal is { } journal ? journal.CommitAsync(_callerToken) : default;

    // The recorded answer, or null where the request is to be sent; a recorded failure is thrown as it was.
    private async ValueTask<ChatResponse?> RecallAsync(ITaskJournal journal)
    {
        _recorded = await journal.RecallAsync(_scope.Node, _step, Token).ConfigureAwait(false);
        if (_recorded is null)
        {
            // written down before it goes out: a request that nobody knows of would be paid twice
            await journal.CommitAsync(Token).ConfigureAwait(false);
            return null;
        }

        if (_recorded.Failure is { Failure: FailureClass.Cancelled })
            Token.ThrowIfCancellationRequested();
        return _recorded.Response ?? throw (_recorded.Failure as Exception ?? new CallInDoubtException());
    }

    /// <summary>Books an answer. The text is given only where content is recorded.</summary>
    public void Answered(ChatResponse? response, UsageDetails? details, ChatFinishReason? finish, string? text, long? firstTokenAt)
    {
        TokenUsage? usage = TokenUsage.FromDetails(details);
        TimeSpan latency = _scope.TimeProvider.GetElapsedTime(_sentAt);
        Money cost = Book(usage);
        if (_recorded is null)
            _pipeline.Health.Succeeded(Model.Name);
        if (usage is { } known && Model.CacheTimeToLive > TimeSpan.Zero)
            _scope.Caches.Record(Model, _decision.Step.Messages, known.Prompt, _scope.TimeProvider.GetUtcNow());
        var outcome = new StepOutcome { Cost = cost, Usage = usage, Latency = latency, IsRepeated = _recorded is not null };
        _pipeline.Policy.Learn(_decision.Step.Identity, _decision, outcome);
        if (_pipeline.Policy.LearnsFromChecks)
            ExpectCheck(outcome);
        if (_scope.Events is not { } events)
            return;
        var answered = new CallAnswered(
            Model.Name, Model.Tier, usage, latency,
            firstTokenAt is { } first ? _scope.TimeProvider.GetElapsedTime(_sentAt, first) : null,
            finish?.Value, text)
        { Node = _scope.Node, Step = _step };
        if (_scope.Journal is { KeepsValues: true } journal && response is not null)
            journal.Emit(answered, JsonSerializer.SerializeToUtf8Bytes(response, AIJsonUtilities.DefaultOptions));
        else
            events.Emit(answered);
    }

    // apart, so that a policy that does not learn from checks pays for no closure
    private void ExpectCheck(StepOutcome outcome) =>
        _scope.WhenVerified(passed => _pipeline.Policy.Learn(_decision.Step.Identity, _decision, outcome with { Verified = passed, IsRepeated = _scope.Journal?.IsReplaying == true }));

    /// <summary>Books a stream that the caller left before its end: what was reported, else all that was held.</summary>
    public void Abandoned(UsageDetails? details)
    {
        if (_reservation is null or { HasEnded: true })
            return;
        Book(TokenUsage.FromDetails(details));
        _scope.Events?.Emit(new CallFailed(Model.Name, FailureClass.Cancelled, "The caller stopped reading the stream.", "settled") { Node = _scope.Node, Step = _step });
    }

    /// <summary>Books a failed attempt and says what follows.</summary>
    /// <param name="error">What the client threw.</param>
    /// <param name="details">What the provider had reported by then.</param>
    /// <param name="delivered">Whether the caller has received a part of the answer: then nothing is tried again.</param>
    public NextMove Failed(Exception error, UsageDetails? details, bool delivered)
    {
        if (error is CallInDoubtException)
            return InDoubt();
        ModelCallException failure = FailureClassifier.Classify(error, _callerToken);
        if (TokenUsage.FromDetails(details) is { } usage)
            Book(usage);
        else if (failure.MayHaveBeenBilled || delivered || _recorded is { Booked: not null })
            Book(null);
        else
            Release();
        if (failure.Failure == FailureClass.Cancelled)
            return _recorded is not null && !Token.IsCancellationRequested ? SendAgain(failure) : GiveUp(failure, error);
        if (_deadline?.IsCancellationRequested == true)
            return GiveUp(failure, new BudgetExceededException(TimeIsUp(), _scope.Ledger.Budget.OnExceeded));
        if (_recorded is null)
            _pipeline.Health.Failed(Model.Name, failure.Failure, failure.RetryAfter);
        _pipeline.Policy.Learn(_decision.Step.Identity, _decision, new StepOutcome { Failure = failure.Failure, IsRepeated = _recorded is not null });
        if (delivered || _recorded is { IsFinal: true })
            return GiveUp(failure, failure);
        return Retry(failure) ?? FallBack(failure) ?? GiveUp(failure, failure);
    }

    // the process ended between the request and its answer: nobody knows what was billed
    private NextMove InDoubt()
    {
        Book(null);
        _scope.Events?.Emit(new CallInDoubt(Model.Name) { Node = _scope.Node, Step = _step });
        _attemptsWithModel--;
        return new NextMove(TimeSpan.Zero, null);
    }

    // broken off with the run, which goes on now
    private NextMove SendAgain(ModelCallException failure)
    {
        Report(failure, CallFailed.GivesUp);
        _attemptsWithModel--;
        return new NextMove(TimeSpan.Zero, null);
    }

    /// <summary>Writes what came of the call to its span and to the metrics.</summary>
    public void Tag(Activity? span, Exception? error) =>
        RoutingTelemetry.Tag(span, _decision, Model, _attempt, _scope.Ledger, (double)_booked.ToUsd(), error);

    /// <inheritdoc/>
    public void Dispose()
    {
        _reservation?.Dispose();
        Linked?.Dispose();
        _deadline?.Dispose();
    }

    private bool TryDegrade(ref int limit, ref BudgetRefusal? refusal)
    {
        BudgetRefusal? first = refusal;
        for (int i = _decision.Candidates.Count - 1; i >= 0; i--)
        {
            Candidate cheaper = _decision.Candidates[i];
            if (cheaper.Gate is not null || cheaper.Model.TierRank >= _candidate.Model.TierRank || WasTried(cheaper.Model))
                continue;
            if (!TryReserve(cheaper, out limit, out refusal))
                continue;
            _scope.Events?.Emit(new BudgetDegraded(Model.Name, cheaper.Model.Profile.Name, first!.ToString()) { Node = _scope.Node, Step = _step });
            SwitchTo(cheaper);
            return true;
        }

        return false;
    }

    private bool TryReserve(Candidate candidate, out int limit, out BudgetRefusal? refusal)
    {
        BudgetLedger ledger = _scope.Ledger;
        ModelProfile model = candidate.Model.Profile;
        long prompt = candidate.PromptBound;
        long room = model.ContextWindow - (long)(prompt * candidate.Model.TokenCounter.TypicalShare);
        long wanted = Math.Min(Math.Min(_decision.Step.Options?.MaxOutputTokens ?? long.MaxValue, model.MaxOutputTokens), Math.Max(room, 1));
        long useful = Math.Min(_pipeline.MinimumUsefulOutput, wanted);
        // a rival thread may take what was free a moment ago: look again until it fits or the useful minimum does not
        while (true)
        {
            BudgetAmount free = ledger.Available(_decision.Step.Purpose);
            long affordable = Math.Min(model.Prices.AffordableOutput(free.Usd, prompt), free.Tokens - prompt);
            limit = (int)Math.Clamp(Math.Min(wanted, affordable), useful, int.MaxValue);
            var worst = BudgetAmount.OneCall(model.Prices.WorstCost(prompt, limit), prompt + limit);
            if (ledger.TryReserve(worst, out _reservation, out refusal, _decision.Step.Purpose))
                return true;
            // a smaller answer helps where money or tokens are short, not where calls, steps or time are
            if (limit == useful || refusal.Dimension is not (BudgetDimension.Usd or BudgetDimension.Tokens))
                return false;
        }
    }

    private ChatOptions OptionsFor(ModelEntry model, int limit)
    {
        ChatOptions options = _decision.Step.Options?.Clone() ?? new ChatOptions();
        options.ModelId = model.Profile.ModelId;
        options.MaxOutputTokens = limit;
        if (!model.ReceivesStepIdentity)
            options.AdditionalProperties?.Remove(StepOptions.IdentityKey);
        return options;
    }

    private Money Book(TokenUsage? usage)
    {
        BudgetReservation reservation = _reservation!;
        // what was booked once is booked the same again, whatever prices are now
        Settlement settlement = _recorded?.Booked is { } booked ? reservation.Settle(booked)
            : usage is { } known ? reservation.Settle(BudgetAmount.OneCall(Model.Prices.CostOf(known), known.Total))
            : reservation.SettleInFull();
        if (_scope.Events is { } events)
        {
            if (settlement.IsOverrun)
                events.Emit(new BudgetOverrun(Model.Name, settlement.Booked, settlement.Reserved) { Node = _scope.Node, Step = _step });
            events.Emit(new BudgetSettled(Model.Name, settlement.Booked, _recorded is { Booked: not null } ? _recorded.IsInFull : usage is null, _scope.Ledger.Snapshot()) { Node = _scope.Node, Step = _step });
        }

        _booked += settlement.Booked.Usd;
        return settlement.Booked.Usd;
    }

    private void Release()
    {
        _reservation!.Release();
        _scope.Events?.Emit(new BudgetSettled(Model.Name, default, InFull: false, _scope.Ledger.Snapshot()) { Node = _scope.Node, Step = _step });
    }

    private NextMove? Retry(ModelCallException failure)
    {
        if (!failure.Failure.MayRetry() || _attemptsWithModel >= _pipeline.Retry.AttemptsPerModel)
            return null;
        TimeSpan wait = _recorded is null ? failure.RetryAfter ?? _pipeline.Backoff(_attemptsWithModel) : TimeSpan.Zero;
        if (wait > _pipeline.Retry.LongestDelay || _scope.Ledger.TimeRemaining(_decision.Step.Purpose) <= wait)
            return null;
        Report(failure, string.Create(CultureInfo.InvariantCulture, $"retry in {wait.TotalSeconds:0.###} s"));
        return new NextMove(wait, null);
    }

    private NextMove? FallBack(ModelCallException failure)
    {
        int models = (_tried?.Count ?? 0) + 1;
        if (!failure.Failure.MayFallBack() || models >= _pipeline.Retry.Models || NextModel(failure.Failure) is not { } next)
            return null;
        Report(failure, $"fall back to {next.Model.Profile.Name}");
        SwitchTo(next);
        return new NextMove(TimeSpan.Zero, null);
    }

    private NextMove GiveUp(ModelCallException failure, Exception final)
    {
        Report(failure, CallFailed.GivesUp);
        return new NextMove(TimeSpan.Zero, final);
    }

    // The nearest in capability first: the same tier, then upwards, then downwards.
    private Candidate? NextModel(FailureClass failure)
    {
        Candidate? best = null;
        int bestDistance = int.MaxValue;
        foreach (Candidate candidate in _decision.Candidates)
        {
            if (candidate.Gate is not null || candidate.Model == _candidate.Model || WasTried(candidate.Model))
                continue;
            if (failure == FailureClass.ContextTooLong && candidate.Model.Profile.ContextWindow <= Model.ContextWindow)
                continue;
            int step = candidate.Model.TierRank - _candidate.Model.TierRank;
            int distance = step >= 0 ? step : 1_000 - step;
            if (distance < bestDistance)
                (best, bestDistance) = (candidate, distance);
        }

        return best;
    }

    private void SwitchTo(Candidate candidate)
    {
        (_tried ??= []).Add(_candidate.Model);
        _candidate = candidate;
        _attemptsWithModel = 0;
    }

    private bool WasTried(ModelEntry model) => _tried?.Contains(model) == true;

    private void Report(ModelCallException failure, string next)
    {
        string message = failure.Message.Length <= MaxMessageLength ? failure.Message : failure.Message[..MaxMessageLength] + "…";
        _scope.Events?.Emit(new CallFailed(Model.Name, failure.Failure, message, next) { Node = _scope.Node, Step = _step, RetryAfter = failure.RetryAfter });
    }

    private BudgetRefusal TimeIsUp()
    {
        BudgetSnapshot now = _scope.Ledger.Snapshot();
        return new BudgetRefusal(BudgetDimension.Time, (long)(now.LimitTime ?? now.Elapsed).TotalMilliseconds, (long)now.Elapsed.TotalMilliseconds, 0, 0);
    }

    private StepRouted Describe() => new(
        _decision.Step.Identity.Agent, _decision.Step.Identity.Role, Model.Name, Model.Tier, _decision.Policy, _decision.Reason,
        [.. _decision.Candidates.Select(candidate => new CandidateSummary(
            candidate.Model.Profile.Name, candidate.Model.Profile.Tier, candidate.Gate?.ToString(), candidate.PredictedSuccess,
            candidate.ExpectedCost, candidate.ExpectedFreshCost, candidate.ExpectedCachedTokens))],
        _decision.Step.Features)
    { Node = _scope.Node, Step = _step };
}
