using AgentRouter.Budgets;
using AgentRouter.Failures;
using AgentRouter.Memory;
using AgentRouter.Memory.Retrieval.Effort;
using AgentRouter.Memory.Use;
using AgentRouter.Steps;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Engine.Memories;

/// <summary>Finds what helps with a task with more effort than words: calls of the router, on the run's budget and recorded like every other call.</summary>
/// <param name="context">The node.</param>
/// <param name="agent">The agent.</param>
internal sealed class EffortRecall(NodeContext context, AgentDefinition agent)
{
    private const string AgentName = "memory";

    /// <summary>Finds. A call that fails, or that the budget refuses, makes the effort less.</summary>
    /// <param name="memory">The memory; <see langword="null"/> only where nothing happens that is not recorded.</param>
    /// <param name="task">The task.</param>
    /// <param name="options">What is read.</param>
    /// <param name="effort">The effort.</param>
    /// <param name="visit">The visit of the node.</param>
    /// <param name="cancellationToken">Cancels the search and the calls.</param>
    public Task<MemorySession> BeginAsync(GraphMemory? memory, string task, MemoryUseOptions options, MemoryEffort effort, int visit, CancellationToken cancellationToken)
    {
        var identity = new StepIdentity(context.Run.RunId, context.Workflow.Definition.Name, context.Path[(context.Path.LastIndexOf('/') + 1)..], AgentName, null, visit) { AllowedTiers = agent.Tiers };
        var assistance = new AssistedRecallOptions
        {
            // notes are never worth asking a person for more
            Client = context.Run.Router,
            Configure = call => call.WithStep(identity),
            EndsWork = exception => exception is not (BudgetExceededException or ModelCallException),
        };
        return MemorySession.BeginAsync(memory, new RecordedMemory(context, memory), task, options with { Effort = Of(effort), Assistance = assistance }, cancellationToken);
    }

    private static RecallEffort? Of(MemoryEffort effort) => effort switch
    {
        MemoryEffort.Low => RecallEffort.Low,
        MemoryEffort.Medium => RecallEffort.Medium,
        MemoryEffort.High => RecallEffort.High,
        _ => null,
    };
}
