using AgentRouter.Failures;
using AgentRouter.Models;
using AgentRouter.Pricing;
using Microsoft.Extensions.AI;

namespace AgentRouter.Cli.Commands.Models;

/// <summary>Whether a model answered.</summary>
/// <param name="Answered">Whether it did.</param>
/// <param name="Latency">How long it took.</param>
/// <param name="Note">What went wrong.</param>
/// <param name="Cost">What the question cost, where the provider told.</param>
internal sealed record ModelAnswer(bool Answered, TimeSpan Latency, string? Note, Money? Cost);

/// <summary>Asks every model one short question.</summary>
internal static class ModelCheck
{
    private const int MostOutputTokens = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Asks all models at the same time.</summary>
    /// <param name="models">The models.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <returns>The answers by the models' names.</returns>
    public static async Task<IReadOnlyDictionary<string, ModelAnswer>> AskAsync(ModelSet models, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ModelAnswer[] answers = await Task.WhenAll(models.Entries.Select(model => AskAsync(model, timeProvider, cancellationToken)));
        return models.Entries.Zip(answers).ToDictionary(pair => pair.First.Profile.Name, pair => pair.Second);
    }

    private static async Task<ModelAnswer> AskAsync(ModelEntry model, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        long began = timeProvider.GetTimestamp();
        try
        {
            ChatResponse response = await model.Client.GetResponseAsync(
                [new ChatMessage(ChatRole.User, "Answer with the word: yes")], new ChatOptions { MaxOutputTokens = MostOutputTokens }, either.Token);
            Money? cost = TokenUsage.FromDetails(response.Usage) is { } usage ? model.Profile.Prices.CostOf(usage) : null;
            return new ModelAnswer(true, timeProvider.GetElapsedTime(began), null, cost);
        }
        catch (ModelCallException exception)
        {
            return new ModelAnswer(false, timeProvider.GetElapsedTime(began), exception.Message, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ModelAnswer(false, timeProvider.GetElapsedTime(began), $"no answer within {Patience.TotalSeconds:0} seconds", null);
        }
    }
}
