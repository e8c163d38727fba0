using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Routing.Tasks;
using AgentRouter.Workflows.Journal;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AgentRouter.Workflows.Engine;

/// <summary>One task that is no workflow, from its start to its end: under its budget, recorded as runs are, and booked in the account that it draws from.</summary>
internal sealed class TaskSession(WorkflowEngineOptions options, string name, RunRequest request, string runId, BudgetLedger ledger, RunAccount? account)
{
    /// <summary>Does the work to its end. Never throws.</summary>
    public async Task<RunResult> ExecuteAsync(Func<IChatClient, CancellationToken, Task<TaskEnd>> work, CancellationToken cancellationToken)
    {
        using var log = new RunLog(runId, options.TimeProvider, stream: false);
        using TaskScope scope = TaskScope.Begin(runId, ledger, log, options.TimeProvider);
        using var recordFailed = new CancellationTokenSource();
        TaskEnd end;
        try
        {
            await log.OpenAsync(options.Store, recordFailed.Cancel, cancellationToken);
            log.Emit(Started(), log.KeepsValues ? RunStart.Write(Inputs(), ledger.Budget, request) : default);
            end = await WorkAsync(work, recordFailed.Token, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            end = new TaskEnd(RunOutcome.Cancelled, "The task was cancelled.");
        }
        catch (BudgetExceededException exceeded)
        {
            end = new TaskEnd(RunOutcome.BudgetExceeded, exceeded.Message);
        }
        catch (Exception exception)
        {
            end = new TaskEnd(RunOutcome.Failed, log.Failure is { } lost ? RunLog.RecordFailure(lost) : exception.Message);
        }

        RunEnded ended = await log.CompleteAsync(new RunEnded(end.Outcome, end.Reason, null, ledger.Snapshot()));
        Settle();
        return new RunResult { RunId = runId, Outcome = ended.Outcome, Reason = ended.Reason, Budget = ended.Budget, Outputs = [] };
    }

    private async Task<TaskEnd> WorkAsync(Func<IChatClient, CancellationToken, Task<TaskEnd>> work, CancellationToken recordFailed, CancellationToken cancellationToken)
    {
        using CancellationTokenSource? time = ledger.TimeRemaining() is { } left ? new(Clocks.Timer(left), options.TimeProvider) : null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, recordFailed, time?.Token ?? CancellationToken.None);
        try
        {
            return await work(options.Router, stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && time is { IsCancellationRequested: true })
        {
            return new TaskEnd(RunOutcome.BudgetExceeded, "The time of the budget is up.");
        }
    }

    private RunStarted Started()
    {
        var inputs = request.Inputs.ToDictionary(input => input.Key, input => TextLimit.Shorten(JsonText.Plain(input.Value), TextLimit.Event));
        return new RunStarted(name, inputs, options.PolicyName, ledger.Snapshot(), [.. options.Models.Entries.Select(RunSession.Summarize)]) { Account = request.Account };
    }

    private JsonObject Inputs() => [.. request.Inputs.Select(input => KeyValuePair.Create(input.Key, input.Value?.DeepClone()))];

    // what a store cannot book now it books by itself, from the task's record
    private void Settle()
    {
        try
        {
            account?.Settle(ledger.Snapshot().Spent.Usd);
        }
        catch (Exception exception)
        {
            options.LoggerFactory?.CreateLogger<WorkflowEngine>().LogError(exception, "What task {Run} spent could not be booked in account {Account}", runId, request.Account);
        }
    }
}
