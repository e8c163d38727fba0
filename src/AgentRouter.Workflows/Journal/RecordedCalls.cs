using System.Text.Json;
using AgentRouter.Events;
using AgentRouter.Failures;
using AgentRouter.Routing.Tasks;
using AgentRouter.Workflows.Runs;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Journal;

/// <summary>Makes what came of calls from their events.</summary>
internal static class RecordedCalls
{
    /// <summary>Reads what came of an attempt.</summary>
    /// <param name="replay">What leads the run.</param>
    /// <param name="store">Where answers are kept.</param>
    /// <param name="rest">What is recorded after it was sent.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async ValueTask<RecordedAttempt> ReadAsync(RunReplay replay, IRunStore store, IReadOnlyList<RunEvent> rest, CancellationToken cancellationToken)
    {
        BudgetSettled? settled = null;
        foreach (RunEvent next in rest)
        {
            switch (next)
            {
                case BudgetSettled booked:
                    settled = booked;
                    continue;
                case BudgetOverrun:
                    continue;
                case CallAnswered answered:
                    return Attempt(settled) with { Response = await AnswerAsync(store, answered, cancellationToken) };
                case CallFailed failed:
                    if (failed.Failure == FailureClass.Cancelled)
                        await replay.ComeToCancellationAsync(failed, cancellationToken);
                    return Attempt(settled) with
                    {
                        Failure = new ModelCallException(failed.Failure, failed.Message) { RetryAfter = failed.RetryAfter },
                        IsFinal = failed.Next == CallFailed.GivesUp,
                    };
                default:
                    return Attempt(settled);
            }
        }

        return Attempt(settled);
    }

    private static RecordedAttempt Attempt(BudgetSettled? settled) => new() { Booked = settled?.Booked, IsInFull = settled?.InFull == true };

    private static async ValueTask<ChatResponse> AnswerAsync(IRunStore store, CallAnswered answered, CancellationToken cancellationToken)
    {
        if (answered.Value is null)
            throw new InvalidDataException($"Event {answered.Sequence} of run '{answered.RunId}' has no answer beside it: the record is damaged.");
        ReadOnlyMemory<byte> value = await store.ReadValueAsync(answered.Value, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize<ChatResponse>(value.Span, AIJsonUtilities.DefaultOptions) ?? throw new JsonException("There is no answer.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The answer beside event {answered.Sequence} of run '{answered.RunId}' cannot be read: {exception.Message}", exception);
        }
    }
}
