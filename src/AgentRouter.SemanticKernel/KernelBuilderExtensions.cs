using AgentRouter.Models;
using AgentRouter.Routing;
using AgentRouter.SemanticKernel.Routing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace AgentRouter.SemanticKernel;

/// <summary>Plugs the step router into a kernel.</summary>
public static class KernelBuilderExtensions
{
    /// <summary>Lets the router answer for the kernel: prompt functions, agents and both chat interfaces. It is asked at every
    /// LLM call, those between the rounds of function calling included.</summary>
    /// <remarks>
    /// Registers the router as <see cref="IChatClient"/>, with the kernel's function invocation around it, as
    /// <see cref="IChatCompletionService"/> and as <see cref="StepRoutingChatClient"/>. Both chat interfaces are registered once
    /// more under the name of each tier and model: a prompt whose settings name a tier or model as their service or model id is
    /// only routed within that tier. Any other model id leaves the choice to the router.
    /// </remarks>
    /// <param name="builder">The kernel's builder.</param>
    /// <param name="models">The models; filled, and not changed any more. The caller disposes them.</param>
    /// <param name="configure">Sets the policy and the other options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">There are no models.</exception>
    public static IKernelBuilder AddAgentRouter(this IKernelBuilder builder, ModelSet models, Action<StepRoutingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(models);
        if (models.Entries.Count == 0)
            throw new ArgumentException("The model set is empty: add at least one model before AddAgentRouter.", nameof(models));
        AddRouter(builder.Services, _ => models, configure, ownsModels: false);
        foreach (string name in models.Tiers.Concat(models.Entries.Select(entry => entry.Profile.Name)).Distinct())
        {
            builder.Services.AddKeyedSingleton<IChatClient>(name, (services, _) => KernelPipeline.Build(services, name));
            builder.Services.AddKeyedSingleton<IChatCompletionService>(name, (services, _) => services.GetRequiredKeyedService<IChatClient>(name).AsChatCompletionService(services));
        }

        // the kernel takes the service that was registered last where a prompt names none
        return AddDefault(builder);
    }

    /// <summary>Lets the router answer for the kernel, with models that are made by the kernel's services.</summary>
    /// <remarks>As with given models, except that tiers and models cannot be named as service ids, because they are not known yet;
    /// named as model ids they work.</remarks>
    /// <param name="builder">The kernel's builder.</param>
    /// <param name="models">Makes the models, once. The kernel's service provider disposes them.</param>
    /// <param name="configure">Sets the policy and the other options.</param>
    /// <returns>The same builder.</returns>
    public static IKernelBuilder AddAgentRouter(this IKernelBuilder builder, Func<IServiceProvider, ModelSet> models, Action<StepRoutingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(models);
        AddRouter(builder.Services, models, configure, ownsModels: true);
        return AddDefault(builder);
    }

    private static void AddRouter(IServiceCollection services, Func<IServiceProvider, ModelSet> models, Action<StepRoutingOptions>? configure, bool ownsModels) =>
        services.AddSingleton(provider =>
        {
            var options = new StepRoutingOptions();
            configure?.Invoke(options);
            return new StepRoutingChatClient(models(provider), options, ownsModels);
        });

    private static IKernelBuilder AddDefault(IKernelBuilder builder)
    {
        builder.Services.AddSingleton(services => KernelPipeline.Build(services, null));
        builder.Services.AddSingleton(services => KernelPipeline.Build(services, null).AsChatCompletionService(services));
        return builder;
    }
}
