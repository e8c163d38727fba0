using AgentRouter.Budgets;
using AgentRouter.Failures;
using AgentRouter.Models;
using AgentRouter.Routing.Calls;
using AgentRouter.Routing.Tasks;
using AgentRouter.Tokens;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing.Embeddings;

/// <summary>Lets a generator spend from a budget as LLM calls do: the worst case of each call is held before it goes out, and settled from the usage that
/// is reported; a failed call that may pass is made again inside the same ledger.</summary>
/// <remarks>
/// The worst case is a token for each byte. A call without a reported usage, one that was broken off, and one whose answer cannot be read are booked in
/// full. Money and tokens are booked, and neither a call nor a step: those are of models that answer. What costs nothing is not booked at all. In a task the
/// bookings are among its events, outside any step, and kept before the request goes out.
/// </remarks>
public sealed class MeteredEmbeddingGenerator : DelegatingEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingProfile _profile;
    private readonly MeteredEmbeddingOptions _options;
    private readonly RetryOptions _retry;
    private readonly RetryDelays _delays;

    /// <summary>Makes the generator.</summary>
    /// <param name="inner">What embeds; it becomes the new generator's own.</param>
    /// <param name="profile">Its name and prices.</param>
    /// <param name="options">What is spent from.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of the options is out of its range.</exception>
    public MeteredEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner, EmbeddingProfile profile, MeteredEmbeddingOptions? options = null)
        : base(inner)
    {
        ArgumentNullException.ThrowIfNull(profile);
        (_profile, _options) = (profile, options ?? new MeteredEmbeddingOptions());
        _retry = _options.Retry.Validate();
        _delays = new RetryDelays(_retry);
    }

    /// <summary>Computes the most tokens that texts can be billed as: one for each byte, and the framing of each text.</summary>
    /// <param name="texts">The texts.</param>
    public static long WorstTokens(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return ByteBoundTokenCounter.Instance.UpperBound([.. texts.Select(text => new ChatMessage(ChatRole.User, text))], options: null);
    }

    /// <inheritdoc/>
    /// <exception cref="BudgetExceededException">The worst case does not fit the budget; nothing was sent.</exception>
    /// <exception cref="InvalidOperationException">Vectors cost money, and there is neither a task nor a ledger.</exception>
    /// <exception cref="ModelCallException">The calls failed.</exception>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] texts = [.. values];
        // where the ledger is given, so is who listens to it
        TaskScope? scope = _options.Ledger is null ? TaskScope.Current : null;
        BudgetLedger? ledger = _options.Ledger ?? scope?.Ledger;
        if (ledger is null && _profile.IsPaid)
            throw new InvalidOperationException($"The embeddings '{_profile.Name}' cost money, and no budget says how much may be spent. Begin a task, or give them a ledger.");
        for (int attempt = 1; ; attempt++)
        {
            using EmbeddingPayment? payment = ledger is null || !_profile.IsPaid ? null : EmbeddingPayment.Hold(_profile, ledger, scope, WorstTokens(texts));
            ModelCallException failure;
            try
            {
                if (payment is not null && scope?.Journal is { } journal)
                    await journal.CommitAsync(cancellationToken).ConfigureAwait(false);
                payment?.MarkSent();
                GeneratedEmbeddings<Embedding<float>> embeddings = await base.GenerateAsync(texts, options, cancellationToken).ConfigureAwait(false);
                payment?.Settle(embeddings.Usage?.InputTokenCount ?? embeddings.Usage?.TotalTokenCount);
                return embeddings;
            }
            catch (Exception exception)
            {
                failure = FailureClassifier.Classify(exception, cancellationToken);
                payment?.Fail(failure.MayHaveBeenBilled);
                cancellationToken.ThrowIfCancellationRequested();
            }

            TimeSpan wait = failure.RetryAfter ?? _delays.Before(attempt);
            if (!failure.Failure.MayRetry() || attempt >= _retry.AttemptsPerModel || wait > _retry.LongestDelay || ledger?.TimeRemaining() <= wait)
                throw failure;
            await Task.Delay(wait, scope?.TimeProvider ?? _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }
}
