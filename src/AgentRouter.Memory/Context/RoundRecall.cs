using AgentRouter.Memory.Use;
using AgentRouter.Prompts;
using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Context;

/// <summary>Puts what helps of the rounds that were left out into a conversation.</summary>
internal sealed class RoundRecall(ContextLimitOptions options, IContextHost host)
{
    private readonly RoundMemory _memory = new(options);

    /// <summary>Gets how many tokens must be free for what is recalled.</summary>
    /// <param name="state">The conversation.</param>
    public int Room(ContextState state) => state.Recalls ? ContextLimitDefaults.RecallTokens(options.Tokens) : 0;

    /// <summary>Recalls where the conversation does and has room for it.</summary>
    /// <param name="state">The conversation.</param>
    /// <param name="all">The messages of the caller's.</param>
    /// <param name="tokens">The tokens that would be sent without.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public async ValueTask ApplyAsync(ContextState state, IReadOnlyList<ChatMessage> all, long tokens, CancellationToken cancellationToken)
    {
        if (!state.Recalls || tokens > options.Tokens - Room(state) || state.NoteTokens >= ContextLimitDefaults.AllNotesTokens(options.Tokens))
            return;
        List<ChatMessage> staying = state.Staying(all);
        if (Rounds.StartsOf(staying) is not { Count: > 0 } starts || starts[^1] == 0)
            return;
        string task = staying.FindLast(message => message.Role == ChatRole.User && !AppendedText.IsAllOf(message)) is { } asked ? AppendedText.Without(asked) : "";
        IReadOnlyList<string> questions = RoundText.Questions(task, staying.Skip(starts[^1]));
        if (questions.Count == 0)
            return;
        IReadOnlyList<MemoryNote> notes = await host.RecallAsync(string.Join('\n', questions), token => _memory.FindAsync(state, questions, token), cancellationToken).ConfigureAwait(false);
        if (notes.Count == 0)
            return;
        // The notes stand before the latest round: what was sent before stays the beginning of what is sent now, and its results stay the last word.
        ChatMessage block = AppendedText.To(new ChatMessage(ChatRole.User, []), MemoryPrompt.Block(notes));
        state.Insert(all, staying[starts[^1]], block);
        state.LastNote = notes.Max(note => note.Number);
        foreach (MemoryNote note in notes)
            state.Notes[(note.Scope, note.Node)] = block;
    }
}
