using AgentRouter.Memory;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Retrieval;
using AgentRouter.Memory.Retrieval.Aid;

namespace AgentRouter.Workflows.Engine.Memories;

/// <summary>What a search of a memory has found, as it is kept beside its event.</summary>
/// <param name="Items">What was found, the best first.</param>
/// <param name="Intent">What the task was after.</param>
/// <param name="Unseen">How many nodes were not searched yet.</param>
/// <param name="Sureness">How sure it is, where that was measured.</param>
internal sealed record RecordedSearch(IReadOnlyList<RecordedItem> Items, MemoryIntent Intent, long Unseen, RecallSureness? Sureness)
{
    /// <summary>Gets what stands for a search where none is recorded and none may happen.</summary>
    public static RecordedSearch Nothing { get; } = new([], MemoryIntent.Plain, 0, null);

    /// <summary>Takes what was found. There are no vectors in a run: what they cost could not be told from its record.</summary>
    public static RecordedSearch Of(MemoryRecall found) => new(
        [.. found.Items.Select(item => new RecordedItem(item.Scope.ToString(), item.Node, item.Source, item.Score))], found.Intent, found.Unseen, found.Sureness is { } sureness ? sureness with { HasVectors = false } : null);

    /// <summary>Gives it back, but for the ways on which it was found.</summary>
    public MemoryRecall ToRecall() => new()
    {
        Items = [.. Items.Select(item => new RecalledItem(MemoryScope.Parse(item.Scope), item.Node, item.Source, item.Score, []))],
        Intent = Intent,
        Unseen = Unseen,
        Sureness = Sureness,
    };
}

/// <summary>Something that was found.</summary>
/// <param name="Scope">Whose memory it is.</param>
/// <param name="Node">What was found.</param>
/// <param name="Source">What it is part of, or <see langword="null"/>.</param>
/// <param name="Score">Its score.</param>
internal sealed record RecordedItem(string Scope, MemoryNode Node, MemoryNode? Source, double Score);
