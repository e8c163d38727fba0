using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Pricing;
using AgentRouter.Routing.Tasks;
using AgentRouter.Workflows.Engine;
using Microsoft.Extensions.AI;

namespace AgentRouter.Cli.Hosting.Embeddings;

/// <summary>The recorded task of a command that makes vectors. It begins with the first that costs money, so that nothing is recorded of a command that makes none. Thread-safe.</summary>
/// <param name="task">What records it.</param>
/// <param name="note">What the record says of it.</param>
/// <param name="budget">What it may spend.</param>
/// <param name="cancellationToken">Cancels the command.</param>
internal sealed class EmbeddingTask(RecordedTask task, TaskNote note, Budget budget, CancellationToken cancellationToken)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<ExecutionContext> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<TaskEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<RunResult>? _run;
    private BudgetLedger? _ledger;

    /// <summary>Gets what was spent so far.</summary>
    public Money Spent => _ledger?.Snapshot().Spent.Usd ?? Money.Zero;

    /// <summary>Does something that is paid from the task.</summary>
    /// <exception cref="Workflows.Runs.Sqlite.Accounts.AccountExceededException">The account has less left than the task may spend; nothing was sent.</exception>
    /// <exception cref="IOException">The record cannot be written.</exception>
    public async Task<T> PayAsync<T>(Func<Task<T>> work)
    {
        ExecutionContext inside = await BeginAsync();
        Task<T>? doing = null;
        ExecutionContext.Run(inside, _ => doing = work(), null);
        return await doing!;
    }

    /// <summary>Ends the task, if it has begun. Nothing is paid from it any more.</summary>
    /// <param name="end">How the command ended.</param>
    /// <exception cref="IOException">The record of what was spent could not be written.</exception>
    public async Task EndAsync(TaskEnd end)
    {
        _end.TrySetResult(end);
        if (_run is not null && await _run is { Outcome: RunOutcome.Failed } lost && end.Outcome == RunOutcome.Succeeded)
            throw new IOException(lost.Reason);
    }

    private async Task<ExecutionContext> BeginAsync()
    {
        lock (_lock)
            _run ??= task.RunAsync(note, budget, WorkAsync, cancellationToken);
        await Task.WhenAny(_begun.Task, _run);
        if (_begun.Task.IsCompleted)
            return await _begun.Task;
        RunResult lost = await _run;
        cancellationToken.ThrowIfCancellationRequested();
        throw new IOException(lost.Reason);
    }

    // what pays later does it inside: it finds the task as its own code would
    private async Task<TaskEnd> WorkAsync(IChatClient client, CancellationToken token)
    {
        _ledger = TaskScope.Current!.Ledger;
        _begun.SetResult(ExecutionContext.Capture()!);
        TaskEnd end = await _end.Task;
        return end.Outcome == RunOutcome.Cancelled ? throw new OperationCanceledException(token) : end;
    }
}
