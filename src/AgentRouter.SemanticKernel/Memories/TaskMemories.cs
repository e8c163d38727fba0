using System.Runtime.CompilerServices;
using AgentRouter.Memory;
using AgentRouter.Memory.Use;
using AgentRouter.Routing.Tasks;

namespace AgentRouter.SemanticKernel.Memories;

/// <summary>The sessions of a plugin of a memory: one for each task, so that its notes keep their numbers as long as the task lives; outside a task one for each call.</summary>
internal sealed class TaskMemories(GraphMemory memory, MemoryUseOptions options)
{
    private readonly ConditionalWeakTable<TaskScope, Task<MemorySession>> _sessions = [];

    /// <summary>Finds or begins the session of this asynchronous flow.</summary>
    public async ValueTask<MemorySession> CurrentAsync(CancellationToken cancellationToken) => TaskScope.Current is { } task
        ? await _sessions.GetValue(task, _ => BeginAsync(CancellationToken.None)).WaitAsync(cancellationToken)
        : await BeginAsync(cancellationToken);

    // nothing is recalled before a function is called: there is no place for a block
    private Task<MemorySession> BeginAsync(CancellationToken cancellationToken) => MemorySession.BeginAsync(memory, "", options, cancellationToken);
}
