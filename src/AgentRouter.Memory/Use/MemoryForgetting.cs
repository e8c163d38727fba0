using System.Globalization;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Use;

/// <summary>Forgets a statement and its older versions, which would otherwise still say what is to be forgotten.</summary>
internal static class MemoryForgetting
{
    private const int MostVersions = 100;
    private const int MostEdges = 1_000;

    /// <summary>Forgets.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="scope">The scope.</param>
    /// <param name="note">The statement.</param>
    /// <param name="alsoLearned">Whether it may be one that was learned from episodes.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="MemoryException">It is gone, or was learned from episodes.</exception>
    public static async Task ForgetAsync(GraphMemory memory, MemoryScope scope, MemoryNote note, bool alsoLearned, CancellationToken cancellationToken)
    {
        IMemoryRecords? records = await memory.RecordsAsync(scope, create: false, cancellationToken).ConfigureAwait(false);
        if (records is null || (await records.ReadNodesAsync([note.Node], cancellationToken).ConfigureAwait(false)).Count == 0)
            throw new MemoryException("It is forgotten already.");
        var versions = new List<long> { note.Node };
        for (int at = 0; at < versions.Count && versions.Count < MostVersions; at++)
        {
            IReadOnlyList<MemoryEdge> edges = await records.ReadEdgesAsync(versions[at], MostEdges, cancellationToken).ConfigureAwait(false);
            if (at == 0 && !alsoLearned && edges.Any(edge => edge.From == note.Node && edge.Kind == MemoryEdgeKind.DerivedFrom))
                throw new MemoryException(string.Create(CultureInfo.InvariantCulture, $"The statement was learned from a conversation or document: only a person can forget it."));
            versions.AddRange(edges.Where(edge => edge.From == versions[at] && edge.Kind == MemoryEdgeKind.Supersedes && !versions.Contains(edge.To)).Select(edge => edge.To));
        }

        await memory.ForgetAsync(scope, versions, cancellationToken).ConfigureAwait(false);
    }
}
