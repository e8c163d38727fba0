using AgentRouter.Routing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace AgentRouter.SemanticKernel.Routing;

/// <summary>What stands between the kernel and the models.</summary>
internal static class KernelPipeline
{
    /// <summary>Builds the pipeline: the hint around the function invocation, so that all rounds of a prompt count as one visit,
    /// and the router below it, so that it is asked in each.</summary>
    public static IChatClient Build(IServiceProvider services, string? hint)
    {
        var router = services.GetRequiredService<StepRoutingChatClient>();
        return new ChatClientBuilder(router)
            .Use(inner => new TierHintChatClient(inner, router.Models, hint))
            .UseKernelFunctionInvocation()
            .Build(services);
    }
}
