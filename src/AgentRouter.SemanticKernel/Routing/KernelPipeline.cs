using AgentRouter.Memory.Use;
using AgentRouter.Routing;
using AgentRouter.SemanticKernel.Memories;
using AgentRouter.SemanticKernel.Skills;
using AgentRouter.Skills.Use;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace AgentRouter.SemanticKernel.Routing;

/// <summary>What stands between the kernel and the models.</summary>
internal static class KernelPipeline
{
    /// <summary>Builds the pipeline: the hint around the function invocation, so that all rounds of a prompt count as one visit,
    /// skills and memory above it, so that a prompt is offered them once, and the router below it, so that it is asked in each.</summary>
    public static IChatClient Build(IServiceProvider services, string? hint)
    {
        var router = services.GetRequiredService<StepRoutingChatClient>();
        ChatClientBuilder pipeline = new ChatClientBuilder(router)
            .Use(inner => new TierHintChatClient(inner, router.Models, hint));
        if (services.GetService<OfferedSkills>() is { } skills)
            pipeline.UseSkills(skills.Library, skills.Options, function => function.AsKernelFunction());
        if (services.GetService<OfferedMemory>() is { } memory)
            pipeline.UseMemory(memory.Memory, memory.Options, function => function.AsKernelFunction());
        return pipeline.UseKernelFunctionInvocation().Build(services);
    }
}
