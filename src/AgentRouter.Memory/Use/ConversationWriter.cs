using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Prompts;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Use;

/// <summary>Remembers a conversation after each answer: what is new of it, whether a request holds all of it or only its end.</summary>
internal static class ConversationWriter
{
    private const string KeyPrefix = "conversation/";

    /// <summary>Gets the key of the source that a conversation is.</summary>
    public static string KeyOf(string id) => KeyPrefix + id;

    /// <summary>Writes what is new.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="options">Where to write, and whether answers alone.</param>
    /// <param name="id">What the conversation is known by.</param>
    /// <param name="conversation">The messages of the request.</param>
    /// <param name="response">The answer.</param>
    /// <param name="cancellationToken">Cancels the writing; nothing is kept then.</param>
    public static async Task WriteAsync(GraphMemory memory, MemoryUseOptions options, string id, IReadOnlyList<ChatMessage> conversation, ChatResponse response, CancellationToken cancellationToken)
    {
        string key = KeyOf(id);
        DateTimeOffset now = memory.Now;
        List<MemoryItem> turns = [.. Turns([.. conversation, .. response.Messages], options.Remembers, now)];
        if (turns.Count == 0)
            return;
        List<MemoryItem> written = await ReadAsync(memory, options.Write!, key, cancellationToken).ConfigureAwait(false);
        await memory.ImportAsync(options.Write!, new MemorySource { Key = key, Items = Join(written, turns) }, cancellationToken).ConfigureAwait(false);
    }

    // what was written before stays, with its times; what a request no longer holds stays too
    internal static List<MemoryItem> Join(List<MemoryItem> written, List<MemoryItem> turns)
    {
        int from = 0;
        while (from < written.Count && !GoesOn(written, from, turns))
            from++;
        List<MemoryItem> joined = [.. written.Take(from)];
        for (int i = 0; i < turns.Count; i++)
            joined.Add(from + i < written.Count && IsSame(written[from + i], turns[i]) ? written[from + i] : turns[i]);
        return joined;
    }

    // the last turn may differ: an answer that was asked for again
    private static bool GoesOn(List<MemoryItem> written, int from, List<MemoryItem> turns)
    {
        int shared = written.Count - from;
        if (shared > turns.Count)
            return false;
        for (int i = 0; i < shared; i++)
        {
            bool isAnsweredAgain = i > 0 && i == turns.Count - 1 && written[from + i].Speaker == turns[i].Speaker;
            if (!IsSame(written[from + i], turns[i]) && !isAnsweredAgain)
                return false;
        }

        return true;
    }

    private static bool IsSame(MemoryItem a, MemoryItem b) => a.Text == b.Text && a.Speaker == b.Speaker;

    private static IEnumerable<MemoryItem> Turns(IEnumerable<ChatMessage> messages, MemoryRemembers remembers, DateTimeOffset now)
    {
        foreach (ChatMessage message in messages)
        {
            bool isAnswer = message.Role == ChatRole.Assistant;
            if (!isAnswer && (message.Role != ChatRole.User || remembers == MemoryRemembers.Answers))
                continue;
            string text = AppendedText.Without(message);
            if (!string.IsNullOrWhiteSpace(text))
                yield return new MemoryItem { Text = SafeText.Of(text[..Math.Min(text.Length, ImportLimits.TextLength)]), Speaker = message.AuthorName ?? message.Role.Value, Time = message.CreatedAt ?? now };
        }
    }

    private static async Task<List<MemoryItem>> ReadAsync(GraphMemory memory, MemoryScope scope, string key, CancellationToken cancellationToken)
    {
        if (await memory.RecordsAsync(scope, create: false, cancellationToken).ConfigureAwait(false) is not { } records
            || await records.ReadSourceAsync(key, cancellationToken).ConfigureAwait(false) is not { } stored)
            return [];
        var nodes = new List<MemoryNode>(stored.Episodes.Count);
        foreach (string episode in stored.Episodes.Keys)
        {
            if (await records.FindAsync(MemoryNodeKind.Episode, episode, cancellationToken).ConfigureAwait(false) is { } node)
                nodes.Add(node);
        }

        return [.. nodes.OrderBy(node => node.Position).Select(node => new MemoryItem { Text = node.Text, Title = node.Title, Attachment = node.Attachment, Speaker = node.Speaker, Time = node.SaidAt })];
    }
}
