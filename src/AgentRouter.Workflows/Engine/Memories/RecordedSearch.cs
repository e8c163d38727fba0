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

    /// <summary>Takes what was found.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="nearness">How near each item is to the task, where there are vectors.</param>
    public static RecordedSearch Of(MemoryRecall found, IReadOnlyList<float?>? nearness) =>
        new([.. found.Items.Select((item, place) => new RecordedItem(item.Scope.ToString(), item.Node, item.Source, item.Score) { Nearness = nearness?[place] })], found.Intent, found.Unseen, found.Sureness);

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
internal sealed record RecordedItem(string Scope, MemoryNode Node, MemoryNode? Source, double Score)
{
    /// <summary>Gets how near its vector is to that of the task: a cosine; <see langword="null"/> where one of them has none.</summary>
    public float? Nearness { get; init; }
}
