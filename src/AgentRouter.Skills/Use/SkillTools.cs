using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace AgentRouter.Skills.Use;

/// <summary>What a model uses skills with: functions for any chat client, over one session.</summary>
public static class SkillTools
{
    /// <summary>The function that opens a skill.</summary>
    public const string OpenName = "skills_open";

    /// <summary>The function that reads a file of a skill.</summary>
    public const string ReadName = "skills_read";

    /// <summary>The function that searches.</summary>
    public const string SearchName = "skills_search";

    internal const string OpenDescription = "Opens a skill of the list: instructions for a kind of task.";
    internal const string ReadDescription = "Reads a text file that comes with a skill, as the opened skill lists it.";
    internal const string SearchDescription = "Searches the library of skills for what is to be done now; what it finds can be opened.";

    /// <summary>Makes the functions of a session. What cannot be done is answered with a sentence that begins with "Error:".</summary>
    /// <param name="session">The session.</param>
    public static IReadOnlyList<AIFunction> Of(SkillSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return Of(_ => ValueTask.FromResult(session));
    }

    /// <summary>Makes functions that ask for their session at each call, where one set of functions serves many tasks.</summary>
    /// <param name="session">Finds the session of the call.</param>
    public static IReadOnlyList<AIFunction> Of(Func<CancellationToken, ValueTask<SkillSession>> session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return
        [
            Make(OpenName, OpenDescription, async ([Description("The skill's name in the list.")] string name, CancellationToken cancellationToken) =>
                await TellAsync(async () => (await (await session(cancellationToken).ConfigureAwait(false)).OpenAsync(name, cancellationToken).ConfigureAwait(false)).Text).ConfigureAwait(false)),
            Make(ReadName, ReadDescription, async ([Description("The skill's name in the list.")] string name, [Description("The file, as the skill lists it.")] string file, CancellationToken cancellationToken) =>
                await TellAsync(async () => (await (await session(cancellationToken).ConfigureAwait(false)).ReadAsync(name, file, cancellationToken).ConfigureAwait(false)).Text).ConfigureAwait(false)),
            Make(SearchName, SearchDescription, async ([Description("What is to be done, in a sentence.")] string query, CancellationToken cancellationToken) =>
                await TellAsync(async () => SkillPrompt.Found(await (await session(cancellationToken).ConfigureAwait(false)).SearchAsync(query, cancellationToken).ConfigureAwait(false))).ConfigureAwait(false)),
        ];
    }

    private static AIFunction Make(string name, string description, Delegate method) =>
        AIFunctionFactory.Create(method, new AIFunctionFactoryOptions { Name = name, Description = description, MarshalResult = (result, _, _) => ValueTask.FromResult(result) });

    private static async Task<string> TellAsync(Func<Task<string>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (SkillException exception)
        {
            return "Error: " + exception.Message;
        }
    }
}
