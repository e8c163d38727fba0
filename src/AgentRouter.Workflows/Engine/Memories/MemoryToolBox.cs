using System.ComponentModel;
using System.Text.Json;
using AgentRouter.Expressions;
using AgentRouter.Memory.Use;
using AgentRouter.Tools;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Engine.Memories;

/// <summary>The tools that an agent uses its memory with. What they find is kept as data, so that it can be recalled; the model is shown it in quotation marks.</summary>
internal static class MemoryToolBox
{
    private const string Source = "memory";

    /// <summary>Makes the tools of an agent.</summary>
    /// <param name="memory">The agent's memory.</param>
    /// <returns>The tools, each with what its model is shown of a result; that is called for a recalled result too.</returns>
    public static IEnumerable<(OpenTool Tool, Func<ToolOutcome, object?>? Show)> Of(AgentMemory memory)
    {
        if (memory.Recalls)
        {
            yield return (Make("recall", MemoryTools.RecallDescription, async ([Description(MemoryTools.QuestionDescription)] string question, [Description(MemoryTools.TopDescription)] int? top = null, CancellationToken cancellationToken = default) =>
                new Finding(question, await TellAsync(() => memory.Session.RecallAsync(question, top, cancellationToken))), ["question", "top"], ["question"]), outcome => Show(memory, outcome));
        }

        if (!memory.Writes)
            yield break;
        yield return (Make("remember", MemoryTools.RememberDescription, async ([Description(MemoryTools.TextDescription)] string text, [Description(MemoryTools.AboutDescription)] string? about = null, CancellationToken cancellationToken = default) =>
            await TellAsync(() => memory.Session.RememberAsync(text, about, cancellationToken)), ["text", "about"], ["text"]), null);
        yield return (Make("forget", MemoryTools.ForgetDescription, async ([Description(MemoryTools.WhatDescription)] string what, CancellationToken cancellationToken = default) =>
            MemoryTools.Forgotten(await TellAsync(() => memory.Session.ForgetAsync(what, cancellationToken)), memory.Session.Options.Tokens), ["what"], ["what"], isDestructive: true), null);
    }

    // the same call again does no more than the first: the same statement is remembered once, and what is forgotten is gone
    private static OpenTool Make(string name, string description, Delegate method, IReadOnlyList<string> parameters, IReadOnlyList<string> required, bool isDestructive = false)
    {
        var tool = new ToolDescription($"{Source}.{name}", description, DataType.Any) { Parameters = parameters, RequiredParameters = required, IsIdempotent = true };
        return new OpenTool(tool, AIFunctionFactory.Create(method, new AIFunctionFactoryOptions
        {
            Name = tool.FunctionName,
            Description = description,
            AdditionalProperties = isDestructive ? new Dictionary<string, object?> { [ToolTraits.DestructiveKey] = true } : null,
        }));
    }

    private static async Task<T> TellAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (exception is MemoryException or IOException or InvalidDataException or NodeFailedException)
        {
            throw new ToolException(exception.Message, exception);
        }
    }

    private static string Show(AgentMemory memory, ToolOutcome outcome)
    {
        Finding found = ((JsonElement)outcome.Value!).Deserialize<Finding>(AIJsonUtilities.DefaultOptions)!;
        string text = MemoryPrompt.Found(found.Notes);
        memory.Found(found.Question, found.Notes, text, outcome.Step);
        return text;
    }

    private sealed record Finding(string Question, IReadOnlyList<MemoryNote> Notes);
}
