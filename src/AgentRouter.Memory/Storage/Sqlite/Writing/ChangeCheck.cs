using AgentRouter.Memory.Graph;

namespace AgentRouter.Memory.Storage.Sqlite.Writing;

/// <summary>Refuses changes that no store could keep, before anything is written.</summary>
internal static class ChangeCheck
{
    /// <exception cref="ArgumentException">Something in the change is wrong.</exception>
    public static void Require(MemoryChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.Source is { } source)
        {
            Require(source.Node);
            ArgumentNullException.ThrowIfNull(source.ContentHash);
            if (source.Node.Kind != MemoryNodeKind.Source)
                throw new ArgumentException($"The source '{source.Node.Key}' of a change is a {source.Node.Kind}.");
        }

        foreach (NewNode node in change.Nodes)
            Require(node.Node);
        foreach (NewEdge edge in change.Edges)
        {
            if (edge.Weight is not (> 0 and <= 1) || !Enum.IsDefined(edge.Kind))
                throw new ArgumentException($"The edge from '{edge.From.Key}' to '{edge.To.Key}' has weight {edge.Weight} and kind {edge.Kind}: a weight is above 0 and at most 1, a kind one of {nameof(MemoryEdgeKind)}.");
        }

        foreach (MemoryMark mark in change.Marks)
        {
            if (mark.Recipe < 1 || mark.UpTo < 0)
                throw new ArgumentException($"The mark of '{mark.Node.Key}' has recipe {mark.Recipe} and goes up to {mark.UpTo}: a recipe is a number from 1, and nodes have numbers from 1.");
        }
    }

    private static void Require(MemoryNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (string.IsNullOrEmpty(node.Key) || node.Text is null || !Enum.IsDefined(node.Kind))
            throw new ArgumentException($"The {node.Kind} '{node.Key}' is no node: it has a key, a text and one of the kinds of {nameof(MemoryNodeKind)}.");
        if (node.Happened is { } period && period.Last < period.First)
            throw new ArgumentException($"The {node.Kind} '{node.Key}' happened until {period.Last:O}, before it began on {period.First:O}.");
    }
}
