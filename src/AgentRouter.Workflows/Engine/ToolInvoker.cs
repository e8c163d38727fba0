using System.Diagnostics;
using System.Text.Json;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Routing.Tasks;
using AgentRouter.Tools;
using AgentRouter.Workflows.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AgentRouter.Workflows.Engine;

/// <summary>What came of a tool call.</summary>
/// <param name="Value">What the tool returned.</param>
/// <param name="Error">Why it failed, for the model or person that called; <see langword="null"/> when it did not.</param>
internal readonly record struct ToolOutcome(object? Value, string? Error);

/// <summary>Calls tools: every call is a step of the budget, two events and a span, whoever asks for it.</summary>
internal sealed class ToolInvoker(RunSession run)
{
    private const string Unexpected = "The tool failed unexpectedly. Try another way; the details are in the log.";

    /// <exception cref="BudgetExceededException">The step does not fit the budget.</exception>
    /// <exception cref="OperationCanceledException">The run or the node was broken off.</exception>
    public async ValueTask<ToolOutcome> CallAsync(OpenTool tool, AIFunctionArguments arguments, string? callId, CancellationToken cancellationToken)
    {
        TaskScope scope = TaskScope.Current!;
        using (BudgetReservation reservation = await ReserveAsync(scope, cancellationToken))
        {
            reservation.MarkSent();
            int step = scope.NextStep();
            string name = tool.Description.FullName;
            callId ??= "step-" + step.ToString(System.Globalization.CultureInfo.InvariantCulture);
            using ToolSpan span = WorkflowTelemetry.StartTool(tool.Description, callId);
            if (run.Log is not null || run.RecordContent)
                Announce(scope, step, name, callId, arguments, span.Activity);
            long began = run.TimeProvider.GetTimestamp();
            ToolOutcome outcome = default;
            bool ended = false;
            try
            {
                outcome = await InvokeAsync(tool, arguments, cancellationToken);
                ended = true;
                return outcome;
            }
            finally
            {
                // a call that is broken off has an end in the record too
                Report(scope, step, name, callId, ended ? outcome : new ToolOutcome(null, "Cancelled."), run.TimeProvider.GetElapsedTime(began), span);
            }
        }
    }

    private async ValueTask<BudgetReservation> ReserveAsync(TaskScope scope, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (scope.Ledger.TryReserve(BudgetAmount.OneStep, out BudgetReservation? reservation, out BudgetRefusal? refusal, scope.Purpose))
                return reservation;
            run.Log?.Emit(new BudgetRefused(refusal) { Node = scope.Node });
            if (!await run.Question.RaiseAsync(refusal, cancellationToken))
                throw new BudgetExceededException(refusal, scope.Ledger.Budget.OnExceeded);
        }
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
            return new ToolOutcome(null, exception.Message);
        }
        catch (Exception exception) when (exception is ArgumentException or JsonException)
        {
            // the function's own binding: the model sent arguments that do not fit
            run.Logger?.LogDebug(exception, "The arguments for {Tool} in run {Run} do not fit", tool.Description.FullName, run.RunId);
            return new ToolOutcome(null, "The arguments do not fit the tool's parameters. Check their names and types.");
        }
        catch (Exception exception)
        {
            run.Logger?.LogError(exception, "Tool {Tool} of run {Run} failed unexpectedly", tool.Description.FullName, run.RunId);
            return new ToolOutcome(null, Unexpected);
        }
    }

    private void Announce(TaskScope scope, int step, string name, string callId, AIFunctionArguments arguments, Activity? activity)
    {
        string text = TextLimit.Shorten(ToolJson.Arguments(arguments), TextLimit.Event);
        if (run.RecordContent)
            activity?.SetTag("gen_ai.tool.call.arguments", text);
        run.Log?.Emit(new ToolCalled(name, callId, text) { Node = scope.Node, Step = step });
    }

    private void Report(TaskScope scope, int step, string name, string callId, ToolOutcome outcome, TimeSpan duration, in ToolSpan span)
    {
        WorkflowTelemetry.EndTool(span, name, outcome.Error, duration);
        if (run.Log is null && !(run.RecordContent && span.Activity is not null))
            return;
        string text = TextLimit.Shorten(outcome.Error ?? ToolJson.Text(outcome.Value), TextLimit.Event);
        if (run.RecordContent)
            span.Activity?.SetTag("gen_ai.tool.call.result", text);
        run.Log?.Emit(new ToolReturned(name, callId, outcome.Error is null, text, duration) { Node = scope.Node, Step = step });
    }
}
