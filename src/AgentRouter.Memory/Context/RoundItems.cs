using System.Globalization;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Prompts;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Context;

/// <summary>Makes what is remembered of rounds: what tools returned and what the agent said, in passages.</summary>
/// <remarks>A sentence that an agent says at each step, such as "On to the next page.", is remembered once: short texts that are all alike would fill the first places of every search.</remarks>
internal static class RoundItems
{
    private const int TitleLength = 200;

    /// <summary>Makes the items.</summary>
    /// <param name="rounds">The messages.</param>
    /// <param name="firstRound">The number of the first round.</param>
    public static IEnumerable<MemoryItem> Of(IReadOnlyList<ChatMessage> rounds, int firstRound)
    {
        int round = firstRound - 1;
        var calls = new Dictionary<string, string>(StringComparer.Ordinal);
        var said = new HashSet<string>(StringComparer.Ordinal);
        // what an agent says in a few words as it calls a tool is about what the tool returns
        string about = "";
        foreach (ChatMessage message in rounds)
        {
            round += message.Role == ChatRole.Assistant ? 1 : 0;
            string step = string.Create(CultureInfo.InvariantCulture, $"step {Math.Max(round, firstRound)}");
            string text = AppendedText.Without(message).Trim();
            if (!said.Add(text))
                text = "";
            if (text.Length is > 0 and <= ContextLimitDefaults.AboutLength && message.Contents.Any(content => content is FunctionCallContent))
                (about, text) = (text, "");
            foreach (string passage in RoundPassages.Of(text))
                yield return new MemoryItem { Text = passage, Title = step, Speaker = message.Role.Value };

            foreach (AIContent content in message.Contents)
            {
                if (content is FunctionCallContent call)
                    calls[call.CallId] = PromptLine.Of($"{call.Name} {RoundText.Arguments(call)}", TitleLength);
                if (content is not FunctionResultContent result)
                    continue;
                string title = calls.GetValueOrDefault(result.CallId) is { } called ? $"{step}, {called}" : step;
                string returned = ToolResultCut.TextOf(result);
                foreach (string passage in RoundPassages.Of(about.Length == 0 ? returned : $"{about}\n{returned}"))
                    yield return new MemoryItem { Text = passage, Title = title };
                about = "";
            }
        }
    }
}
