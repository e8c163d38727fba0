using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Context;

/// <summary>Parts a conversation into rounds: an answer of the model with the results of all tools that it called.</summary>
internal static class Rounds
{
    /// <summary>Finds where rounds begin: before which messages a conversation can be cut so that no call loses its result and no result its call.</summary>
    /// <param name="messages">The conversation.</param>
    /// <returns>The places of the first messages of the rounds, ascending.</returns>
    public static IReadOnlyList<int> StartsOf(IReadOnlyList<ChatMessage> messages)
    {
        int[] ends = EndsOf(messages);
        var starts = new List<int>();
        int end = -1;
        for (int i = 0; i < messages.Count; i++)
        {
            if (messages[i].Role == ChatRole.Assistant && end < i)
                starts.Add(i);
            end = Math.Max(end, ends[i]);
        }

        return starts;
    }

    // the last message with a result of each message's calls; providers that number calls anew in each answer use the same id again
    private static int[] EndsOf(IReadOnlyList<ChatMessage> messages)
    {
        var ends = new int[messages.Count];
        var open = new Dictionary<string, Queue<int>>(StringComparer.Ordinal);
        for (int i = 0; i < messages.Count; i++)
        {
            foreach (AIContent content in messages[i].Contents)
            {
                if (content is FunctionCallContent call)
                    (open.TryGetValue(call.CallId, out Queue<int>? calls) ? calls : open[call.CallId] = new Queue<int>()).Enqueue(i);
                else if (content is FunctionResultContent result && open.TryGetValue(result.CallId, out Queue<int>? asked) && asked.TryDequeue(out int at))
                    ends[at] = i;
            }
        }

        return ends;
    }
}
