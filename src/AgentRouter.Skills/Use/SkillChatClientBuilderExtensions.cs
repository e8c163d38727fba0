using AgentRouter.Skills.Retrieval;
using Microsoft.Extensions.AI;

namespace AgentRouter.Skills.Use;

/// <summary>Gives skills to the model of a chat client pipeline.</summary>
public static class SkillChatClientBuilderExtensions
{
    /// <summary>Offers skills for the last user message of each request: a list in the message, and functions that open what the model needs. Add it before (above)
    /// function invocation.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="library">The skills.</param>
    /// <param name="options">How many are offered, and how much of them may be opened in one request.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of the options is out of its range.</exception>
    /// <exception cref="InvalidOperationException">When built: there is no function invocation below, so nothing could be opened.</exception>
    public static ChatClientBuilder UseSkills(this ChatClientBuilder builder, SkillLibrary library, SkillUseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(library);
        return builder.UseSkills(library, options, function => function);
    }

    /// <summary>Offers skills in a pipeline that calls functions of a kind of its own.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="library">The skills.</param>
    /// <param name="options">How many are offered, and how much of them may be opened in one request.</param>
    /// <param name="wrap">Makes of a function what the pipeline can call.</param>
    internal static ChatClientBuilder UseSkills(this ChatClientBuilder builder, SkillLibrary library, SkillUseOptions? options, Func<AIFunction, AITool> wrap)
    {
        options = (options ?? new SkillUseOptions()).Validated();
        return builder.Use(inner => inner.GetService<FunctionInvokingChatClient>() is null
            ? throw new InvalidOperationException("UseSkills needs function invocation below it, or nothing could be opened: builder.UseSkills(…).UseFunctionInvocation().")
            : new SkillChatClient(inner, library, options, wrap));
    }

    /// <summary>Offers skills that are in folders; see <see cref="UseSkills(ChatClientBuilder, SkillLibrary, SkillUseOptions?)"/>.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="retriever">What finds skills.</param>
    /// <param name="options">How many are offered, and how much of them may be opened in one request.</param>
    /// <returns>The same builder.</returns>
    public static ChatClientBuilder UseSkills(this ChatClientBuilder builder, SkillRetriever retriever, SkillUseOptions? options = null) =>
        builder.UseSkills(new SkillLibrary(retriever), options);
}
