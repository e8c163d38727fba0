using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Models;
using AgentRouter.Routing.Tasks;
using Microsoft.Extensions.AI;

namespace AgentRouter.Routing;

/// <summary>Puts the step router into a chat client pipeline, and begins tasks on it.</summary>
public static class StepRoutingExtensions
{
    /// <summary>Routes every LLM call of the pipeline. Add it after (below) function invocation; the pipeline ends in a <see cref="ModelSet"/>.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="configure">Sets the policy and the other options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="InvalidOperationException">When built: the pipeline does not end in a <see cref="ModelSet"/>.</exception>
    public static ChatClientBuilder UseStepRouting(this ChatClientBuilder builder, Action<StepRoutingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, _) =>
        {
            ModelSet models = inner.GetService<ModelSet>()
                ?? throw new InvalidOperationException("UseStepRouting needs models to choose from: build the pipeline on a ModelSet, new ChatClientBuilder(models).");
            var options = new StepRoutingOptions();
            configure?.Invoke(options);
            return new StepRoutingChatClient(models, options);
        });
    }

    /// <summary>Begins a task: until it is disposed, all calls of this asynchronous flow spend from its budget.</summary>
    /// <param name="client">A client with a step router in its pipeline.</param>
    /// <param name="budget">The limits.</param>
    /// <param name="events">What takes the events of the task.</param>
    /// <param name="runId">The id of the task; made when not given.</param>
    /// <returns>The task; dispose it in the method that began it.</returns>
    /// <exception cref="InvalidOperationException">There is no step router in the pipeline.</exception>
    public static TaskScope BeginTask(this IChatClient client, Budget budget, IRunEventSink? events = null, string? runId = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(budget);
        StepRoutingChatClient router = client.GetService<StepRoutingChatClient>()
            ?? throw new InvalidOperationException("BeginTask needs a step router in the pipeline: add UseStepRouting to the ChatClientBuilder.");
        return router.BeginTask(budget, runId, events);
    }
}
