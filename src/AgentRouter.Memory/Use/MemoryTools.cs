using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Use;

/// <summary>What a model uses its memory with: functions for any chat client, over one session.</summary>
public static class MemoryTools
{
    /// <summary>The function that finds what is remembered.</summary>
    public const string RecallName = "memory_recall";

    /// <summary>The function that remembers.</summary>
    public const string RememberName = "memory_remember";

    /// <summary>The function that forgets.</summary>
    public const string ForgetName = "memory_forget";

    internal const string RecallDescription = "Finds notes about something in memory: what was said, written or learned before.";
    internal const string RememberDescription = "Remembers a statement for later tasks: one sentence that is understood by itself, with where it comes from.";
    internal const string ForgetDescription = "Forgets for good a statement that was remembered.";
    internal const string QuestionDescription = "What you want to know, in a sentence.";
    internal const string TopDescription = "How many notes at most.";
    internal const string TextDescription = "The statement, with its source.";
    internal const string AboutDescription = "What it is about, such as anna/favourite tea: a later statement about the same takes its place.";
    internal const string WhatDescription = "The number of a note, or the statement word for word.";

    /// <summary>Makes the functions of a session: those that its scopes allow. What cannot be done is answered with a sentence that begins with "Error:".</summary>
    /// <param name="session">The session.</param>
    public static IReadOnlyList<AIFunction> Of(MemorySession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return Of(session.Options, _ => ValueTask.FromResult(session));
    }

    /// <summary>Makes functions that ask for their session at each call, where one set of functions serves many tasks.</summary>
    /// <param name="options">What is read and written.</param>
    /// <param name="session">Finds the session of the call.</param>
    public static IReadOnlyList<AIFunction> Of(MemoryUseOptions options, Func<CancellationToken, ValueTask<MemorySession>> session)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(session);
        var functions = new List<AIFunction>();
        if (options.Read.Count > 0)
        {
            functions.Add(Make(RecallName, RecallDescription, async ([Description(QuestionDescription)] string question, [Description(TopDescription)] int? top = null, CancellationToken cancellationToken = default) =>
                await TellAsync(session, async of => MemoryPrompt.Found(await of.RecallAsync(question, top, cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false)));
        }

        if (options.Write is not null)
        {
            functions.Add(Make(RememberName, RememberDescription, async ([Description(TextDescription)] string text, [Description(AboutDescription)] string? about = null, CancellationToken cancellationToken = default) =>
                await TellAsync(session, of => of.RememberAsync(text, about, cancellationToken), cancellationToken).ConfigureAwait(false)));
            functions.Add(Make(ForgetName, ForgetDescription, async ([Description(WhatDescription)] string what, CancellationToken cancellationToken = default) =>
                await TellAsync(session, async of => Forgotten(await of.ForgetAsync(what, cancellationToken).ConfigureAwait(false), options.Tokens), cancellationToken).ConfigureAwait(false)));
        }

        return functions;
    }

    internal static string Forgotten(MemoryNote note, int tokens) =>
        MemoryPrompt.Fit([note], tokens) is [var shown] ? $"Forgotten: {MemoryPrompt.Quoted(shown.Text)}" : "Forgotten.";

    private static AIFunction Make(string name, string description, Delegate method) =>
        AIFunctionFactory.Create(method, new AIFunctionFactoryOptions { Name = name, Description = description, MarshalResult = (result, _, _) => ValueTask.FromResult(result) });

    private static async Task<string> TellAsync(Func<CancellationToken, ValueTask<MemorySession>> session, Func<MemorySession, Task<string>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(await session(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MemoryException or IOException)
        {
            return "Error: " + exception.Message;
        }
    }
}
