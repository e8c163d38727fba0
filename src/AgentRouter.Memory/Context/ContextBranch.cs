using Microsoft.Extensions.AI;

namespace AgentRouter.Memory.Context;

/// <summary>How a conversation goes on after one of several strategies was tried.</summary>
/// <param name="strategy">The strategy.</param>
/// <param name="state">The conversation, which is this branch's own.</param>
internal sealed class ContextBranch(ContextStrategy strategy, ContextState state)
{
    public ContextStrategy Strategy => strategy;

    public ContextState State => state;

    /// <summary>Gets or sets the tokens of the conversation when it was made shorter, before it went on.</summary>
    public long TokensAfter { get; set; }

    /// <summary>Gets the rounds by which it went on, whose tools have been called.</summary>
    public List<ChatMessage> Rounds { get; } = [];

    /// <summary>Gets or sets the answer that it ends with, which says something to the user or calls a tool that is not called in branches; <see langword="null"/> where it ends after a round.</summary>
    public ChatResponse? End { get; set; }

    /// <summary>Gets or sets why it does not go on; <see langword="null"/> where it does.</summary>
    public string? Problem { get; set; }

    /// <summary>Gets a value indicating whether there is something to judge it by.</summary>
    public bool HasGoneOn => Problem is null && (End is not null || Rounds.Count > 0);
}
