using System.Globalization;
using AgentRouter.Language;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Storage;
using AgentRouter.Memory.Text;
using AgentRouter.Memory.Text.Entities;

namespace AgentRouter.Memory.Exploration;

/// <summary>Finds the node that a person means: by number, key, or the name of a concept.</summary>
internal static class NodeFinder
{
    private static readonly string[] Types = [EntityKeys.DatePrefix, "code:", "path:", "url:", "mail:", "number:"];

    /// <summary>Finds the node.</summary>
    /// <param name="records">The records.</param>
    /// <param name="name">A number with or without <c>#</c>, the key of a node of any kind, or the name of a concept as people write it.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public static async Task<MemoryNode?> FindAsync(IMemoryRecords records, string name, CancellationToken cancellationToken)
    {
        if (NumberOf(name) is { } id && (await records.ReadNodesAsync([id], cancellationToken).ConfigureAwait(false)) is [var numbered])
            return numbered;
        foreach (MemoryNodeKind kind in Enum.GetValues<MemoryNodeKind>())
        {
            if (await records.FindAsync(kind, name, cancellationToken).ConfigureAwait(false) is { } node)
                return node;
        }

        foreach (string key in KeysOf(name))
        {
            if (await records.FindAsync(MemoryNodeKind.Concept, key, cancellationToken).ConfigureAwait(false) is { } concept)
                return concept;
        }

        return null;
    }

    private static long? NumberOf(string name) =>
        long.TryParse(name.StartsWith('#') ? name.AsSpan(1) : name, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : null;

    private static IEnumerable<string> KeysOf(string name)
    {
        if (EntityKeys.Name(name) is { } ofName)
            yield return ofName;
        yield return EntityKeys.TopicPrefix + string.Join(' ', CanonicalText.OfName(name).Split(' ').Select(Stem));
        foreach (string type in Types)
        {
            yield return type + name;
            yield return type + name.ToLowerInvariant();
        }
    }

    private static string Stem(string word)
    {
        char[] letters = word.ToCharArray();
        return new string(letters, 0, PorterStemmer.Stem(letters, letters.Length));
    }
}
