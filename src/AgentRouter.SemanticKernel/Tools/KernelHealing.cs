using System.Text.Json;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Capabilities.Import;
using AgentRouter.Tools.Healing;
using AgentRouter.Tools.Healing.Calls;
using AgentRouter.Tools.Healing.Escalation;
using AgentRouter.Tools.Healing.Functions;
using AgentRouter.Tools.Health;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace AgentRouter.SemanticKernel.Tools;

/// <summary>Gives the capabilities of a graph over a kernel's functions to its models.</summary>
public static class KernelHealing
{
    /// <summary>Adds a plugin whose functions are the goals of a graph, or its capabilities where it has no goals. The graph's tools are functions of the kernel's other
    /// plugins, named <c>plugin.function</c>; what fails is healed inside the call.</summary>
    /// <param name="kernel">The kernel that the functions run in, with its filters.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="health">The health of the tools; share one in a process. By default one of its own.</param>
    /// <param name="configure">Completes the request of each call; by default the kernel's chat client decides where no way is left, if it has one.</param>
    /// <returns>The plugin, named <c>capability</c>.</returns>
    /// <exception cref="ArgumentException">The kernel has a plugin of this name.</exception>
    public static KernelPlugin AddCapabilities(this Kernel kernel, CapabilityGraph graph, ToolHealthRegistry? health = null, Func<GoalRequest, GoalRequest>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(graph);
        var caller = new FunctionToolCaller(kernel.Plugins.SelectMany(plugin => KernelTools.From(kernel, plugin).Tools));
        var healer = new ToolHealer(graph, health ?? new ToolHealthRegistry());
        ModelEscalation? model = kernel.Services.GetService(typeof(IChatClient)) is IChatClient client ? new ModelEscalation(client) : null;
        IReadOnlyList<AIFunction> functions = healer.AsAIFunctions(caller, request => (configure ?? (own => own))(request with { Model = model }));
        KernelPlugin plugin = KernelPluginFactory.CreateFromFunctions(
            CapabilityFunction.SourceName, functions.Select(function => new Renamed((CapabilityFunction)function).AsKernelFunction()));
        kernel.Plugins.Add(plugin);
        return plugin;
    }

    /// <summary>Makes a graph of a kernel's functions by what they say of themselves: attributes of their methods, their parameters and results.</summary>
    /// <param name="kernel">The kernel; the plugin of <see cref="AddCapabilities"/> is left out.</param>
    /// <param name="options">How, or <see langword="null"/> for all defaults.</param>
    /// <returns>The graph, whose tools are named <c>plugin.function</c>, and notes on what could not be made of them.</returns>
    public static CapabilityImport ImportCapabilities(this Kernel kernel, CapabilityImportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return CapabilityImport.FromTools(kernel.Plugins.Where(plugin => plugin.Name != CapabilityFunction.SourceName).SelectMany(plugin => KernelTools.From(kernel, plugin).Tools), options);
    }

    // in a plugin the function is called by the goal's name alone
    private sealed class Renamed(CapabilityFunction function) : AIFunction
    {
        public override string Name { get; } = function.Name[(CapabilityFunction.SourceName.Length + 1)..];

        public override string Description => function.Description;

        public override JsonElement JsonSchema => function.JsonSchema;

        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) => function.InvokeAsync(arguments, cancellationToken);
    }
}
