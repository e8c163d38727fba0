using AgentRouter.Budgets;
using AgentRouter.Memory.Use;
using AgentRouter.Tools;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Context;

/// <summary>A conversation that is part of nothing: no record, and a budget that only the clients below know, which refuse what does not fit.</summary>
internal sealed class PlainContextHost(ContextLimitOptions options, IServiceProvider services) : IContextHost
{
    public ContextStrategy? Decided => null;

    public bool CanRecall => options.HasMemory;

    public bool? IsSummaryNext => null;

    public double? SummaryShare(long promptTokens, int outputTokens) => null;

    public async ValueTask<IReadOnlyList<MemoryNote>> RecallAsync(string question, Func<CancellationToken, Task<IReadOnlyList<MemoryNote>>> search, CancellationToken cancellationToken) =>
        await search(cancellationToken).ConfigureAwait(false);

    public bool MayTry(AIFunction function) => ToolTraits.IsReadOnly(function) && function.GetService<ApprovalRequiredAIFunction>() is null;

    public async ValueTask<object?> CallAsync(AIFunction function, AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        arguments.Services = services;
        try
        {
            return await function.InvokeAsync(arguments, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (BudgetExceededException or OperationCanceledException))
        {
            // as function invocation says it: the details may be none of the model's business
            return "Error: Function failed.";
        }
    }

    public void Compacted(ContextCompaction compaction) => options.Compacted?.Invoke(compaction);
}
