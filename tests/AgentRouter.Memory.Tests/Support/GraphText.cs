namespace AgentRouter.Memory.Tests.Support;

/// <summary>Writes a graph by the keys of its nodes, whatever their numbers are.</summary>
internal static class GraphText
{
    public static List<string> Edges(InMemoryRecords records)
    {
        var keys = records.Nodes.ToDictionary(node => node.Id, node => node.Key);
        return [.. records.Edges.Select(edge => $"{keys[edge.From]} {edge.Kind} {keys[edge.To]}")];
    }

    public static string Of(InMemoryRecords records)
    {
        var keys = records.Nodes.ToDictionary(node => node.Id, node => node.Key);
        IEnumerable<string> nodes = records.Nodes.Select(node => $"{node with { Id = 0, SourceId = 0 }}");
        IEnumerable<string> edges = records.Edges.Select(edge => $"{keys[edge.From]} {edge.Kind} {keys[edge.To]} {edge.Weight} {edge.Relation}");
        return string.Join('\n', nodes.Order(StringComparer.Ordinal).Concat(edges.Order(StringComparer.Ordinal)));
    }
}
