using System.Text.Json;

namespace AgentRouter.Routing.Evaluation.Trajectories;

/// <summary>Makes steps of a list of chat messages, where no tokens were recorded: each assistant message is a step, and the prompt is
/// all that stands before it.</summary>
/// <remarks>A token is taken to be <see cref="CharactersPerToken"/> characters; tool schemas are not in the messages and not counted.</remarks>
internal static class MessageTrajectory
{
    /// <summary>The usual rule of thumb for English and JSON.</summary>
    public const double CharactersPerToken = 4;

    private const int MaxMessages = 100_000;

    public static List<RecordedStep> Steps(JsonFields run)
    {
        var steps = new List<RecordedStep>();
        long before = 0;
        int messages = 0, turn = -1;
        foreach (JsonElement element in run.List("trajectory"))
        {
            if (++messages > MaxMessages)
                throw run.Error($"a trajectory has at most {MaxMessages} messages.");
            JsonFields message = run.Within(element, $"message {messages - 1}");
            string role = message.Text("role") ?? throw message.Error("a message needs a 'role'.");
            string text = message.Any("content") ?? "";
            List<RecordedCall> calls = Calls(message);
            long length = text.Length + calls.Sum(call => call.Tool.Length + call.Arguments.Length);
            if (role == "user")
                turn++;
            if (role == "assistant")
                steps.Add(new RecordedStep { PromptTokens = Tokens(before), OutputTokens = Tokens(length), Text = text, Calls = calls, Turn = Math.Max(turn, 0) });
            before += length;
        }

        return messages > 0 ? steps : throw run.Error("a run needs 'steps' with their tokens, or a 'trajectory' of messages.");
    }

    private static long Tokens(long characters) => (long)Math.Ceiling(characters / CharactersPerToken);

    private static List<RecordedCall> Calls(JsonFields message)
    {
        var calls = new List<RecordedCall>();
        foreach (JsonElement element in message.List("tool_calls"))
        {
            JsonFields call = message.Within(element, "a tool call");
            // with the function apart, as the OpenAI API has it, or flat
            JsonFields function = element.TryGetProperty("function", out JsonElement inner) ? call.Within(inner, "its function") : call;
            calls.Add(new RecordedCall(function.Text("name") ?? "", function.Any("arguments") ?? ""));
        }

        return calls;
    }
}
