using AgentRouter.Memory;
using AgentRouter.Memory.Use;
using AgentRouter.SemanticKernel.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace AgentRouter.SemanticKernel.Memories;

/// <summary>Gives a memory to the models of a kernel.</summary>
public static class KernelMemory
{
    /// <summary>The plugin's name.</summary>
    public const string PluginName = "memory";

    /// <summary>Puts what is remembered behind the last user message of each prompt of a kernel whose models the router serves, as quoted data, and gives the model functions to find more, remember
    /// and forget, whatever functions the prompt's settings allow besides.</summary>
    /// <param name="builder">The kernel's builder.</param>
    /// <param name="memory">The memory; it stays the caller's.</param>
    /// <param name="options">What is read and written. A kernel's prompts have no conversation id, so <see cref="MemoryUseOptions.Remembers"/> stays <see cref="MemoryRemembers.None"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The options do not fit together, or a number is out of its range.</exception>
    public static IKernelBuilder AddMemory(this IKernelBuilder builder, GraphMemory memory, MemoryUseOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(memory);
        builder.Services.AddSingleton(new OfferedMemory(memory, Checked(options)));
        return builder;
    }

    /// <summary>Adds a plugin that finds, remembers and forgets: <c>memory.recall</c>, <c>memory.remember</c>, <c>memory.forget</c>, of which it has those that the scopes allow.</summary>
    /// <remarks>Inside a task, which <see cref="KernelExtensions.BeginTask"/> begins, notes keep their numbers; outside a task each call numbers its own.</remarks>
    /// <param name="kernel">The kernel.</param>
    /// <param name="memory">The memory; it stays the caller's.</param>
    /// <param name="options">What is read and written. Nothing is put before a prompt unasked.</param>
    /// <returns>The plugin.</returns>
    /// <exception cref="ArgumentException">The kernel has a plugin of this name, the options do not fit together, or a number is out of its range.</exception>
    public static KernelPlugin AddMemory(this Kernel kernel, GraphMemory memory, MemoryUseOptions options)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(memory);
        var sessions = new TaskMemories(memory, Checked(options));
        KernelPlugin plugin = KernelPluginFactory.CreateFromFunctions(
            PluginName, MemoryTools.Of(options, sessions.CurrentAsync).Select(function => new PluginFunction(function, PluginName).AsKernelFunction()));
        kernel.Plugins.Add(plugin);
        return plugin;
    }

    private static MemoryUseOptions Checked(MemoryUseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Remembers == MemoryRemembers.None
            ? options.Validated()
            : throw new ArgumentException("The prompts of a kernel have no id of a conversation, so their turns cannot be remembered: leave Remembers at None, and import conversations with GraphMemory.ImportAsync.", nameof(options));
    }
}
