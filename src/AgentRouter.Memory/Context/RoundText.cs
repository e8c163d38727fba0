using System.Text;
using System.Text.Json;
using AgentRouter.Memory.Use;
using AgentRouter.Prompts;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Context;

/// <summary>Writes down rounds: for the model that sums them up, and to ask the memory that they were put into.</summary>
internal static class RoundText
{
    /// <summary>Writes rounds line by line, each text in quotation marks that it cannot close.</summary>
    /// <param name="text">Takes the lines.</param>
    /// <param name="rounds">The messages.</param>
    public static void Write(StringBuilder text, IReadOnlyList<ChatMessage> rounds)
    {
        foreach (string line in Lines(rounds, ContextLimitDefaults.MostOfText))
            text.Append(line).Append('\n');
    }

    /// <summary>Writes rounds as lines, each text in quotation marks that it cannot close.</summary>
    /// <param name="rounds">The messages.</param>
    /// <param name="length">The most characters of a text; what is longer is cut in the middle.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<ChatMessage> rounds, int length) =>
        Said(rounds).Select(said => $"{said.Who}: {MemoryPrompt.Quoted(ToolResultCut.Middle(said.Text, length))}");

    /// <summary>Makes the questions for what helps now: the task, and the latest round. Each is asked by itself: a long one drowns a short one.</summary>
    /// <param name="task">The task.</param>
    /// <param name="round">The messages of the latest round.</param>
    public static IReadOnlyList<string> Questions(string task, IEnumerable<ChatMessage> round) =>
    [
        .. new[] { task, string.Join('\n', Said(round).Select(said => PromptLine.Of(said.Text, ContextLimitDefaults.PassageLength))) }
            .Select(question => PromptLine.Of(question, ContextLimitDefaults.MostOfText)).Where(question => question.Length > 0),
    ];

    /// <summary>Gets the arguments of a call as a model wrote them.</summary>
    public static string Arguments(FunctionCallContent call) => call.Arguments is null ? "" : JsonSerializer.Serialize(call.Arguments, AIJsonUtilities.DefaultOptions);

    private static IEnumerable<(string Who, string Text)> Said(IEnumerable<ChatMessage> messages)
    {
        foreach (ChatMessage message in messages)
        {
            if (AppendedText.Without(message) is { } text && !string.IsNullOrWhiteSpace(text))
                yield return (message.Role.Value, text);
            foreach (AIContent content in message.Contents)
            {
                if (content is FunctionCallContent call)
                    yield return ("call", $"{call.Name} {Arguments(call)}");
                else if (content is FunctionResultContent result)
                    yield return ("result", ToolResultCut.TextOf(result));
            }
        }
    }
}
