using System.Text.Json;
using AgentRouter.Events;
using AgentRouter.Tools.Healing;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Workflows.Journal;

/// <summary>What a journal knows of a tool call.</summary>
/// <param name="Outcome">What came of it; <see langword="null"/> when the process ended before it returned.</param>
/// <param name="BrokenOff">The event of its end, where it was broken off with the run.</param>
internal sealed record RecordedToolCall(ToolOutcome? Outcome, ToolReturned? BrokenOff = null)
{
    public static async ValueTask<RecordedToolCall> ReadAsync(RunReplay replay, IRunStore store, IReadOnlyList<RunEvent> rest, CancellationToken cancellationToken)
    {
        if (rest.Count == 0 || rest[0] is not ToolReturned returned)
            return new RecordedToolCall(Outcome: null);
        if (returned is { Succeeded: false, Result: ToolInvoker.BrokenOff })
        {
            await replay.ComeToCancellationAsync(returned, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return new RecordedToolCall(null, returned);
        }

        if (returned.Value is null)
            throw new InvalidDataException($"Event {returned.Sequence} of run '{returned.RunId}' has no result beside it: the record is damaged.");
        ReadOnlyMemory<byte> value = await store.ReadValueAsync(returned.Value, cancellationToken);
        try
        {
            return new RecordedToolCall(ToolValue.Read(value.Span, returned.Succeeded) with { Failure = FailureOf(returned) });
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The result beside event {returned.Sequence} of run '{returned.RunId}' cannot be read: {exception.Message}", exception);
        }
    }

    private static ToolFailure? FailureOf(ToolReturned returned) => returned.Failure is null ? null : new ToolFailure(KindOf(returned.Failure), returned.Result)
    {
        MayHaveTakenEffect = returned.MayHaveTakenEffect,
    };

    // what a later version may call a failure is one that may pass
    private static ToolFailureKind KindOf(string name) => Enum.TryParse(name, ignoreCase: true, out ToolFailureKind kind) && Enum.IsDefined(kind) ? kind : ToolFailureKind.Broke;
}
