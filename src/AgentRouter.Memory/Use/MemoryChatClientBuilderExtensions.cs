using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AgentRouter.Memory.Use;

/// <summary>Gives a memory to the model of a chat client pipeline.</summary>
public static class MemoryChatClientBuilderExtensions
{
    /// <summary>The key of <see cref="ChatOptions.AdditionalProperties"/> under which the id of a conversation stands that is remembered, where <see cref="ChatOptions.ConversationId"/>
    /// means something to the provider.</summary>
    public const string ConversationKey = "agentrouter.conversation";

    /// <summary>Puts what is remembered beside the last user message of each request, as quoted data, and gives the model functions to find more, remember and forget. Add it before (above)
    /// function invocation.</summary>
    /// <remarks>Where <see cref="MemoryUseOptions.Remembers"/> says so, the conversation is written after each answer: a turn that was written is not written again, whether the request holds the
    /// whole conversation or only its end. A stream that is broken off is not remembered. <see cref="MemoryRemembers.Facts"/> asks the pipeline below for the facts in what is new, before the answer
    /// is returned or the stream ends; what goes wrong with that is logged and tried again after the next answer, and the answer stays.</remarks>
    /// <param name="builder">The pipeline.</param>
    /// <param name="memory">The memory; it stays the caller's.</param>
    /// <param name="options">What is read and written.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The options do not fit together, or a number is out of its range.</exception>
    /// <exception cref="InvalidOperationException">When built: the model gets functions, and there is no function invocation below.</exception>
    public static ChatClientBuilder UseMemory(this ChatClientBuilder builder, GraphMemory memory, MemoryUseOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(options);
        return builder.UseMemory(memory, options, function => function);
    }

    /// <summary>Gives a memory to a pipeline that calls functions of a kind of its own.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="memory">The memory.</param>
    /// <param name="options">What is read and written.</param>
    /// <param name="wrap">Makes of a function what the pipeline can call.</param>
    internal static ChatClientBuilder UseMemory(this ChatClientBuilder builder, GraphMemory memory, MemoryUseOptions options, Func<AIFunction, AITool> wrap)
    {
        options.Validated();
        return builder.Use((inner, services) => options.Tools && inner.GetService<FunctionInvokingChatClient>() is null
            ? throw new InvalidOperationException("UseMemory needs function invocation below it, or its functions could not be called: builder.UseMemory(…).UseFunctionInvocation(). Set Tools to false to work without functions.")
            : new MemoryChatClient(inner, memory, options, wrap, (services.GetService(typeof(ILoggerFactory)) as ILoggerFactory)?.CreateLogger<MemoryChatClient>()));
    }
}
