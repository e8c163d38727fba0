using AgentRouter.SemanticKernel.Tools;
using AgentRouter.Skills.Retrieval;
using AgentRouter.Skills.Use;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace AgentRouter.SemanticKernel.Skills;

/// <summary>Gives skills to the models of a kernel.</summary>
public static class KernelSkills
{
    /// <summary>The plugin's name.</summary>
    public const string PluginName = "skills";

    /// <summary>Offers skills for each prompt of a kernel whose models the router serves: a list behind the last user message, and functions that open what the model needs,
    /// whatever functions the prompt's settings allow besides.</summary>
    /// <param name="builder">The kernel's builder.</param>
    /// <param name="library">The skills.</param>
    /// <param name="options">How many are offered, and how much of them may be opened in one prompt.</param>
    /// <returns>The same builder.</returns>
    public static IKernelBuilder AddSkills(this IKernelBuilder builder, SkillLibrary library, SkillUseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(library);
        builder.Services.AddSingleton(new OfferedSkills(library, options));
        return builder;
    }

    /// <summary>Offers skills that are in folders; see <see cref="AddSkills(IKernelBuilder, SkillLibrary, SkillUseOptions?)"/>.</summary>
    /// <param name="builder">The kernel's builder.</param>
    /// <param name="retriever">What finds skills.</param>
    /// <param name="options">How many are offered, and how much of them may be opened in one prompt.</param>
    /// <returns>The same builder.</returns>
    public static IKernelBuilder AddSkills(this IKernelBuilder builder, SkillRetriever retriever, SkillUseOptions? options = null) =>
        builder.AddSkills(new SkillLibrary(retriever), options);

    /// <summary>Adds a plugin that searches skills, opens them and reads their files: <c>skills.search</c>, <c>skills.open</c>, <c>skills.read</c>.</summary>
    /// <remarks>Inside a task, which <see cref="KernelExtensions.BeginTask"/> begins, all that is opened shares <see cref="SkillUseOptions.MaxTokens"/>; outside a task each
    /// call has that many.</remarks>
    /// <param name="kernel">The kernel.</param>
    /// <param name="library">The skills.</param>
    /// <param name="options">How much may be opened, and what was learned. Nothing is offered unasked, so <see cref="SkillUseOptions.TopK"/> counts for nothing.</param>
    /// <returns>The plugin.</returns>
    /// <exception cref="ArgumentException">The kernel has a plugin of this name.</exception>
    public static KernelPlugin AddSkills(this Kernel kernel, SkillLibrary library, SkillUseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(library);
        var sessions = new TaskSkills(library, (options ?? new SkillUseOptions()) with { TopK = 0 });
        KernelPlugin plugin = KernelPluginFactory.CreateFromFunctions(PluginName, SkillTools.Of(sessions.CurrentAsync).Select(function => new PluginFunction(function, PluginName).AsKernelFunction()));
        kernel.Plugins.Add(plugin);
        return plugin;
    }

    /// <summary>Adds a plugin for skills that are in folders; see <see cref="AddSkills(Kernel, SkillLibrary, SkillUseOptions?)"/>.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="retriever">What finds skills.</param>
    /// <param name="options">How much may be opened, and what was learned. Nothing is offered unasked, so <see cref="SkillUseOptions.TopK"/> counts for nothing.</param>
    /// <returns>The plugin.</returns>
    /// <exception cref="ArgumentException">The kernel has a plugin of this name.</exception>
    public static KernelPlugin AddSkills(this Kernel kernel, SkillRetriever retriever, SkillUseOptions? options = null) =>
        kernel.AddSkills(new SkillLibrary(retriever), options);
}
