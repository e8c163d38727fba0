using AgentRouter.Prompts;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Context;

/// <summary>Where a conversation that is too long is cut.</summary>
/// <param name="Task">What was asked last before the rounds that stay. It stays too, and what takes the place of the others is put behind it.</param>
/// <param name="LeftOut">The messages that are left out.</param>
/// <param name="Rounds">How many rounds they are.</param>
/// <param name="Shorter">The messages that stay with results of tools cut, by the messages themselves.</param>
/// <param name="ResultsCut">How many results were cut.</param>
internal sealed record ContextCut(ChatMessage Task, IReadOnlyList<ChatMessage> LeftOut, int Rounds, IReadOnlyDictionary<ChatMessage, ChatMessage> Shorter, int ResultsCut)
{
    /// <summary>Finds where to cut.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="tokens">Counts tokens.</param>
    /// <param name="conversation">The messages that are not left out yet.</param>
    /// <param name="shown">What is sent in the place of a message.</param>
    /// <param name="options">The options of the request.</param>
    /// <returns>The cut; <see langword="null"/> where there is nothing that could be left out or cut.</returns>
    public static ContextCut? Find(ContextLimitOptions limit, ContextTokens tokens, IReadOnlyList<ChatMessage> conversation, Func<ChatMessage, ChatMessage> shown, ChatOptions? options)
    {
        IReadOnlyList<int> starts = Context.Rounds.StartsOf(conversation);
        long[] bounds = [.. conversation.Select(message => tokens.BoundOf(shown(message)))];
        long fixedBound = tokens.BoundOf([], options), reserve = ContextLimitDefaults.Reserve(limit.Tokens);
        var target = (long)(limit.Tokens * ContextLimitDefaults.Target);
        for (int keep = Math.Min(limit.KeepLast, starts.Count); keep >= 1; keep--)
        {
            int start = starts[^keep];
            if (TaskBefore(conversation, start) is not { } task)
                continue;
            // without a round to leave out nothing is, and what users said stays too
            bool all = starts.Count == keep;
            long bound = fixedBound + (all ? bounds.Sum() : Staying(conversation, start, task).Sum(place => bounds[place]));
            long estimate = tokens.Typical(bound) + reserve;
            if (estimate > target && keep > 1)
                continue;
            (Dictionary<ChatMessage, ChatMessage> shorter, int cut) = estimate > limit.Tokens
                ? Shorten(conversation.Skip(start).Select(message => (message, shown(message))), tokens, bound, tokens.Typical, target - reserve)
                : ([], 0);
            return all && cut == 0 ? null : new ContextCut(conversation[task], all ? [] : LeftOutOf(conversation, start, task), starts.Count - keep, shorter, cut);
        }

        return null;
    }

    // what a client of the pipeline has put there asks for nothing
    private static int? TaskBefore(IReadOnlyList<ChatMessage> conversation, int start)
    {
        for (int i = start - 1; i >= 0; i--)
        {
            if (conversation[i].Role == ChatRole.User && !AppendedText.IsAllOf(conversation[i]))
                return i;
        }

        return null;
    }

    private static bool Stays(IReadOnlyList<ChatMessage> conversation, int place, int start, int task) => place >= start || place == task || conversation[place].Role == ChatRole.System;

    private static IEnumerable<int> Staying(IReadOnlyList<ChatMessage> conversation, int start, int task) =>
        Enumerable.Range(0, conversation.Count).Where(place => Stays(conversation, place, start, task));

    private static ChatMessage[] LeftOutOf(IReadOnlyList<ChatMessage> conversation, int start, int task) =>
        [.. conversation.Where((_, place) => !Stays(conversation, place, start, task))];

    // halves the longest results until it fits: each is cut to the same length, the short ones not at all
    private static (Dictionary<ChatMessage, ChatMessage> Shorter, int Cut) Shorten(
        IEnumerable<(ChatMessage Message, ChatMessage Shown)> staying, ContextTokens tokens, long bound, Func<long, long> typical, long target)
    {
        (ChatMessage Message, ChatMessage Shown)[] all = [.. staying];
        int length = all.Select(each => ToolResultCut.LongestOf(each.Shown)).DefaultIfEmpty(0).Max();
        var shorter = new Dictionary<ChatMessage, ChatMessage>(ReferenceEqualityComparer.Instance);
        int cut = 0;
        long now = bound;
        while (typical(now) > target && length > ContextLimitDefaults.LeastResult)
        {
            length = Math.Max(length / 2, ContextLimitDefaults.LeastResult);
            (now, cut) = (bound, 0);
            foreach ((ChatMessage message, ChatMessage before) in all.Where(each => ToolResultCut.LongestOf(each.Shown) > length))
            {
                ChatMessage after = ToolResultCut.Apply(before, length, out int count);
                long difference = tokens.BoundOf(after) - tokens.BoundOf(before);
                // the words that say how much is missing are longer than what is missing
                if (difference >= 0)
                    continue;
                (shorter[message], now, cut) = (after, now + difference, cut + count);
            }
        }

        return (shorter, cut);
    }
}
