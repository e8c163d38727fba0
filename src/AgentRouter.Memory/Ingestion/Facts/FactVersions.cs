using System.Globalization;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Text;

namespace AgentRouter.Memory.Ingestion.Facts;

/// <summary>The versions of facts: which one holds, and the key of the next.</summary>
internal sealed class FactVersions(IMemoryRecords records)
{
    private const int MostVersions = 10_000;

    /// <summary>Makes the key of a fact that is about nothing in particular.</summary>
    public static string KeyOf(string text) => "text:" + ContentHash.Of(CanonicalText.Normalized(text));

    /// <summary>Tells whether two texts say the same word for word, but for case and spaces.</summary>
    public static bool AreSame(string text, string other) => CanonicalText.Normalized(text) == CanonicalText.Normalized(other);

    /// <summary>Finds the version that holds.</summary>
    /// <param name="key">The key of the fact's first version.</param>
    /// <param name="hasSubject">Whether it is about something in particular; otherwise all versions say the same, and a newer one is there only where an older one was corrected.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<MemoryNode?> HeldAsync(string key, bool hasSubject, CancellationToken cancellationToken) => hasSubject
        ? (await AllAsync(key, cancellationToken).ConfigureAwait(false)).LastOrDefault(fact => fact.HeldUntil is null)
        : await HeldOfSameTextAsync(key, cancellationToken).ConfigureAwait(false);

    /// <summary>Reads all versions of what is said about a subject: they are about the same concept.</summary>
    public async Task<IReadOnlyList<MemoryNode>> AllAsync(string about, CancellationToken cancellationToken)
    {
        MemoryNode? subject = await records.FindAsync(MemoryNodeKind.Concept, FactGraph.SubjectType + about, cancellationToken).ConfigureAwait(false);
        if (subject is null)
            return [];
        IReadOnlyList<MemoryEdge> edges = await records.ReadEdgesAsync(subject.Id, MostVersions, cancellationToken).ConfigureAwait(false);
        long[] versions = [.. edges.Where(edge => edge.To == subject.Id && edge.Kind == MemoryEdgeKind.About).Select(edge => edge.From)];
        return await records.ReadNodesAsync(versions, cancellationToken).ConfigureAwait(false);
    }

    private async Task<MemoryNode?> HeldOfSameTextAsync(string key, CancellationToken cancellationToken)
    {
        for (int version = 1; await records.FindAsync(MemoryNodeKind.Fact, KeyOf(key, version), cancellationToken).ConfigureAwait(false) is { } fact; version++)
        {
            if (fact.HeldUntil is null)
                return fact;
        }

        return null;
    }

    private static string KeyOf(string key, int version) => version == 1 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}{CheckedSource.VersionSign}{version}");

    /// <summary>Finds a key that no version has.</summary>
    /// <param name="key">The key of the first version.</param>
    /// <param name="isTaken">Tells whether a key is taken by what is not written yet.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public Task<string> FreeKeyAsync(string key, Func<string, bool> isTaken, CancellationToken cancellationToken) => FreeKeyAsync(MemoryNodeKind.Fact, key, isTaken, cancellationToken);

    /// <summary>Finds a key that no version of a node of some kind has.</summary>
    public async Task<string> FreeKeyAsync(MemoryNodeKind kind, string key, Func<string, bool> isTaken, CancellationToken cancellationToken)
    {
        string free = key;
        for (int version = 2; isTaken(free) || await records.FindAsync(kind, free, cancellationToken).ConfigureAwait(false) is not null; version++)
            free = KeyOf(key, version);
        return free;
    }
}
