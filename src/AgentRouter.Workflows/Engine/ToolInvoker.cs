using System.Diagnostics;
using System.Text.Json;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Routing.Tasks;
using AgentRouter.Tools;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Healing.Calls;
using AgentRouter.Tools.Healing.Functions;
using AgentRouter.Workflows.Engine.Healing;
using AgentRouter.Workflows.Journal;
using AgentRouter.Workflows.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AgentRouter.Workflows.Engine;

/// <summary>What came of a tool call.</summary>
/// <param name="Value">What the tool returned.</param>
/// <param name="Error">Why it failed, for the model or person that called; <see langword="null"/> when it did not.</param>
internal readonly record struct ToolOutcome(object? Value, string? Error)
{
    /// <summary>Gets a value indicating whether a failure is a person's decision, which another try would only ask for again.</summary>
    public bool IsDeclined { get; init; }

    /// <summary>Gets what kind of failure it was, for a tool on the way to a goal.</summary>
    public ToolFailure? Failure { get; init; }

    /// <summary>Gets how the way to a goal ended, where a capability was called.</summary>
    public GoalResult? Goal { get; init; }

    /// <summary>Gets the number of the call's step, once it is over.</summary>
    public int Step { get; init; }
}

/// <summary>Calls tools: every call is a step of the budget, two events and a span, whoever asks for it.</summary>
internal sealed class ToolInvoker(RunSession run)
{
    /// <summary>What the record says of a call that was broken off.</summary>
    public const string BrokenOff = "Cancelled.";

    private const string Unexpected = "The tool failed unexpectedly. Try another way; the details are in the log.";

    private readonly ToolApprovals _approvals = new(run);
    private readonly ToolDoubts _doubts = new(run);

    /// <exception cref="BudgetExceededException">The step does not fit the budget.</exception>
    /// <exception cref="RunWaitsException">A person must answer first.</exception>
    /// <exception cref="OperationCanceledException">The run or the node was broken off.</exception>
    public async ValueTask<ToolOutcome> CallAsync(OpenTool tool, AIFunctionArguments arguments, string? callId, CancellationToken cancellationToken, ToolCall? healing = null)
    {
        TaskScope scope = TaskScope.Current!;
        int step = run.Log?.NextTool(scope.Node, callId) ?? scope.NextStep();
        // the tools on the way to a goal are steps of their own
        using ToolPayment? payment = tool.Function is CapabilityFunction ? null : await ToolPayment.HoldAsync(run, scope, step, tool, healing, cancellationToken);
        string name = tool.Description.FullName;
        callId ??= OwnCallId(step);
        GiveKey(tool, arguments, healing?.IdempotencyKey ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{run.RunId}/{step}"));
        using ToolSpan span = WorkflowTelemetry.StartTool(tool.Description, callId);
        if (run.Log is not null || run.RecordContent)
            Announce(scope, step, name, callId, arguments, span.Activity);
        long began = run.TimeProvider.GetTimestamp();
        ToolOutcome outcome;
        try
        {
            outcome = tool.Function is CapabilityFunction capability
                ? await ReachAsync(capability, arguments, scope, step, cancellationToken)
                : await RecallOrInvokeAsync(run.Log, scope, step, tool, arguments, callId, healing, cancellationToken);
            // nobody waits for it any more: its time was over, and the way has gone on
            if (healing is not null)
                cancellationToken.ThrowIfCancellationRequested();
        }
        catch (RunWaitsException)
        {
            // it has not been called yet, or nobody knows whether it was: its end is recorded when it has one
            WorkflowTelemetry.EndTool(span, name, "Waits for a person.", run.TimeProvider.GetElapsedTime(began));
            throw;
        }
        catch (OperationCanceledException)
        {
            // a call that is broken off has an end in the record too
            Report(scope, step, name, callId, new ToolOutcome(null, BrokenOff), default, run.TimeProvider.GetElapsedTime(began), span);
            throw;
        }

        byte[]? kept = run.Log is { KeepsValues: true } ? ToolValue.Write(outcome) : null;
        Report(scope, step, name, callId, outcome, kept, run.TimeProvider.GetElapsedTime(began), span);
        payment?.Settle(outcome);
        outcome = outcome with { Step = step };
        if (kept is null)
            return outcome;
        await run.Log!.CommitAsync(cancellationToken);
        return ToolValue.Read(kept, outcome.Error is null) with { IsDeclined = outcome.IsDeclined, Failure = outcome.Failure, Goal = outcome.Goal, Step = step };
    }

    /// <summary>Tells whether a tool may be called only to see where that leads: it changes nothing, and no person is asked about it.</summary>
    public bool MayTry(OpenTool tool) => tool.Description.IsIdempotent && ToolTraits.IsReadOnly(tool.Function) && !_approvals.AppliesTo(tool);

    /// <summary>Makes the id of a call that no model has given one.</summary>
    public static string OwnCallId(int step) => "step-" + step.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // in the context for functions, and as an argument where the tool takes one of that name
    private static void GiveKey(OpenTool tool, AIFunctionArguments arguments, string key)
    {
        (arguments.Context ??= new Dictionary<object, object?>())[ToolTraits.IdempotencyKey] = key;
        if (!arguments.ContainsKey(ToolTraits.IdempotencyKey) && tool.Function.JsonSchema.TryGetProperty("properties", out JsonElement properties)
            && properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(ToolTraits.IdempotencyKey, out _))
            arguments[ToolTraits.IdempotencyKey] = key;
    }

    private async ValueTask<ToolOutcome> ReachAsync(CapabilityFunction capability, AIFunctionArguments arguments, TaskScope scope, int step, CancellationToken cancellationToken)
    {
        GoalResult result = await run.Capabilities.ReachAsync(capability, arguments, scope, step, cancellationToken);
        try
        {
            return new ToolOutcome(capability.AnswerOf(result), null) { Goal = result };
        }
        catch (ToolException exception)
        {
            return new ToolOutcome(null, exception.Message) { Goal = result };
        }
    }

    private async ValueTask<ToolOutcome> RecallOrInvokeAsync(
        RunLog? log, TaskScope scope, int step, OpenTool tool, AIFunctionArguments arguments, string callId, ToolCall? healing, CancellationToken cancellationToken)
    {
        if (_approvals.AppliesTo(tool) && await _approvals.AskAsync(tool, scope.Node ?? "", step, callId, arguments, cancellationToken) is { } declined)
            return declined;
        if (log is null)
            return await InvokeAsync(tool, arguments, cancellationToken);
        while (await log.RecallToolAsync(scope.Node, step, cancellationToken) is { } recorded)
        {
            if (recorded.Outcome is { } outcome)
                return outcome;
            if (recorded.BrokenOff is { } end)
                log.Emit(end);
            // the way to a goal has its own means to find out
            if (healing is not null && healing.Tool.Effect != ToolEffect.None)
                return Lost(tool);
            if (healing is not null || !_doubts.AppliesTo(tool))
                return await InvokeAsync(tool, arguments, cancellationToken);
            if (await _doubts.DecideAsync(tool, scope.Node ?? "", step, callId, cancellationToken) is { } decided)
                return decided;
            // what came of the call that a person allowed may be recorded too, or be in doubt in its turn
        }

        // written down before it is called: a call that nobody knows of could be made twice
        await log.CommitAsync(cancellationToken);
        return await InvokeAsync(tool, arguments, cancellationToken);
    }

    private static ToolOutcome Lost(OpenTool tool)
    {
        string message = $"{tool.Description.FullName} was called and the process ended before it returned.";
        return new ToolOutcome(null, message) { Failure = new ToolFailure(ToolFailureKind.Broke, message) { MayHaveTakenEffect = true } };
    }

    private async ValueTask<ToolOutcome> InvokeAsync(OpenTool tool, AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            return new ToolOutcome(await tool.Function.InvokeAsync(arguments, cancellationToken), null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (ToolException exception)
        {
            return new ToolOutcome(null, exception.Message) { Failure = ToolFailures.Classify(exception) };
        }
        catch (Exception exception) when (exception is ArgumentException or JsonException)
        {
            // the function's own binding: the model sent arguments that do not fit
            run.Logger?.LogDebug(exception, "The arguments for {Tool} in run {Run} do not fit", tool.Description.FullName, run.RunId);
            return new ToolOutcome(null, "The arguments do not fit the tool's parameters. Check their names and types.")
            {
                Failure = ToolFailures.IsBinding(exception) ? new ToolFailure(ToolFailureKind.WrongArguments, exception.Message) : ToolFailures.Classify(exception),
            };
        }
        catch (Exception exception)
        {
            run.Logger?.LogError(exception, "Tool {Tool} of run {Run} failed unexpectedly", tool.Description.FullName, run.RunId);
            return new ToolOutcome(null, Unexpected) { Failure = ToolFailures.Classify(exception) with { Message = Unexpected } };
        }
    }

    private void Announce(TaskScope scope, int step, string name, string callId, AIFunctionArguments arguments, Activity? activity)
    {
        string text = TextLimit.Shorten(ToolJson.Arguments(arguments), TextLimit.Event);
        if (run.RecordContent)
            activity?.SetTag("gen_ai.tool.call.arguments", text);
        run.Log?.Emit(new ToolCalled(name, callId, text) { Node = scope.Node, Step = step });
    }

    private void Report(TaskScope scope, int step, string name, string callId, ToolOutcome outcome, ReadOnlyMemory<byte> kept, TimeSpan duration, in ToolSpan span)
    {
        WorkflowTelemetry.EndTool(span, name, outcome.Error, duration);
        if (run.Log is null && !(run.RecordContent && span.Activity is not null))
            return;
        string text = TextLimit.Shorten(outcome.Error ?? ToolJson.Text(outcome.Value), TextLimit.Event);
        if (run.RecordContent)
            span.Activity?.SetTag("gen_ai.tool.call.result", text);
        run.Log?.Emit(
            new ToolReturned(name, callId, outcome.Error is null, text, duration)
            {
                Node = scope.Node,
                Step = step,
                Failure = outcome.Failure is { } failure ? NameOf(failure.Kind) : null,
                MayHaveTakenEffect = outcome.Failure?.MayHaveTakenEffect == true,
            },
            kept);
    }

    private static string NameOf(ToolFailureKind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];
}
