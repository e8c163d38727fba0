using AgentRouter.Budgets;
using AgentRouter.Events;
using AgentRouter.Routing;
using AgentRouter.Routing.Tasks;
using AgentRouter.SemanticKernel.Tools;
using AgentRouter.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace AgentRouter.SemanticKernel;

/// <summary>Begins tasks on a kernel, and makes its plugins tools of workflows.</summary>
public static class KernelExtensions
{
    /// <summary>Begins a task: until it is disposed, all LLM calls that this asynchronous flow makes through the kernel spend from its budget.</summary>
    /// <param name="kernel">A kernel with <see cref="KernelBuilderExtensions.AddAgentRouter(IKernelBuilder, Models.ModelSet, Action{StepRoutingOptions})"/>.</param>
    /// <param name="budget">The limits. A call that does not fit throws <see cref="BudgetExceededException"/>; nothing is sent.</param>
    /// <param name="events">What takes the events of the task: every decision, call and settlement.</param>
    /// <param name="runId">The id of the task; made when not given.</param>
    /// <returns>The task; dispose it in the method that began it.</returns>
    /// <exception cref="InvalidOperationException">The kernel has no router.</exception>
    public static TaskScope BeginTask(this Kernel kernel, Budget budget, IRunEventSink? events = null, string? runId = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        StepRoutingChatClient router = kernel.Services.GetService<StepRoutingChatClient>()
            ?? throw new InvalidOperationException("BeginTask needs a router in the kernel: call AddAgentRouter on the kernel's builder.");
        return router.BeginTask(budget, events, runId);
    }

    /// <summary>Makes the functions of a plugin tools of workflows, under the plugin's name: <c>math.add</c>.</summary>
    /// <param name="kernel">The kernel that the functions run in, with its filters.</param>
    /// <param name="plugin">The plugin's name.</param>
    /// <returns>The tools that the plugin has now.</returns>
    /// <exception cref="ArgumentException">The kernel has no such plugin.</exception>
    public static IToolSource AsToolSource(this Kernel kernel, string plugin)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentException.ThrowIfNullOrWhiteSpace(plugin);
        if (kernel.Plugins.TryGetPlugin(plugin, out KernelPlugin? found))
            return KernelTools.From(kernel, found);
        string known = kernel.Plugins.Count == 0 ? "it has none" : "it has " + string.Join(", ", kernel.Plugins.Select(other => other.Name));
        throw new ArgumentException($"The kernel has no plugin '{plugin}'; {known}.", nameof(plugin));
    }

    /// <summary>Makes the functions of all plugins tools of workflows, a source for each plugin.</summary>
    /// <param name="kernel">The kernel that the functions run in, with its filters.</param>
    /// <returns>The plugins that the kernel has now.</returns>
    public static IReadOnlyList<IToolSource> AsToolSources(this Kernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return [.. kernel.Plugins.Select(plugin => KernelTools.From(kernel, plugin))];
    }
}
