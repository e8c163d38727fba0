using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Context;

/// <summary>Keeps the conversations of a chat client pipeline below a limit.</summary>
public static class ContextLimitExtensions
{
    /// <summary>Makes a request that has become too long shorter before it is sent: the system message, the task and the last rounds stay, something takes the place of the rounds before. Add it after
    /// (below) function invocation and before the router, so that it sees each request of the loop.</summary>
    /// <remarks>
    /// <para>A conversation is known again by its messages, which must be the same objects at each request, as in the function-calling loop and in a list that grows. Between two compactions the view of it
    /// only grows, by the same message objects, so that a provider's cache is of use and a router sees that the prompt goes on. The caller's own messages stay as they are.</para>
    /// <para>It is no <c>IChatReducer</c>: a reducer is asked at each request for a new list and gets the messages alone. It has no place for what was decided before, so that a prompt would be another one
    /// each time; it does not see the tools and the step, which count and choose the model of a summary; and those that come with <c>UseChatReducer</c> leave calls and results of tools out.</para>
    /// <para>A conversation that the provider keeps, known by <see cref="ChatOptions.ConversationId"/>, is left alone.</para>
    /// </remarks>
    /// <param name="builder">The pipeline.</param>
    /// <param name="options">The limit, and what is done.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The options do not fit together, or a number is out of its range.</exception>
    public static ChatClientBuilder UseContextLimit(this ChatClientBuilder builder, ContextLimitOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        options.Validated();
        return builder.Use((inner, services) => new ContextLimitChatClient(inner, options, new PlainContextHost(options, services)));
    }
}
