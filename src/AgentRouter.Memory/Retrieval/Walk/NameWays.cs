using System.Runtime.InteropServices;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Index;

namespace AgentRouter.Memory.Retrieval.Walk;

/// <summary>The ways between texts over the names that they share: from a text that mentions a name to the one that is about it, back, and between those that mention it.</summary>
/// <remarks>
/// A name is worth the less the more texts mention it, so that a walk does not drown in what everybody mentions. Because a walk leaves each text with all that
/// it has, damping must make a name weak beside the other names of the same text: weights are divided by the number of mentions, not by the degree of the text.
/// </remarks>
internal sealed class NameWays(MemoryIndex index)
{
    /// <summary>How strong the way back is, from what a name means to a text that mentions it.</summary>
    public const float Back = 0.5f;

    /// <summary>How strong ways between texts are that only mention the same name.</summary>
    public const float Shared = 0.3f;

    /// <summary>The most texts with a name for which it relates them to each other.</summary>
    public const int MostSharing = 30;

    // names with more mentions than that lead back nowhere
    private const int MostBack = 300;

    private readonly Dictionary<int, Name?> _names = [];
    private readonly List<(int Node, float Weight)> _ways = [];

    /// <summary>Finds the ways from a text.</summary>
    /// <param name="id">The text's node.</param>
    /// <returns>The nodes where they end, and how strong they are; valid until the next call.</returns>
    public IReadOnlyList<(int Node, float Weight)> From(int id)
    {
        _ways.Clear();
        for (EdgeCursor edges = index.EdgesOf(id, incoming: false); edges.MoveNext();)
        {
            if (edges.Kind is not (MemoryEdgeKind.Mentions or MemoryEdgeKind.About) || NameOf(edges.Other) is not { } name)
                continue;
            if (edges.Kind == MemoryEdgeKind.Mentions)
            {
                foreach (int other in name.About)
                    Add(id, other, 1f / name.MentionCount / name.About.Length);
            }
            else if (name.Mentions.Length <= MostBack)
            {
                foreach (int other in name.Mentions)
                    Add(id, other, Back / name.Mentions.Length / name.AboutCount);
            }

            if (name.All.Length is >= 2 and <= MostSharing)
            {
                foreach (int other in name.All)
                    Add(id, other, Shared / name.All.Length / name.All.Length);
            }
        }

        return _ways;
    }

    private void Add(int from, int to, float weight)
    {
        if (from != to)
            _ways.Add((to, weight));
    }

    private Name? NameOf(int concept)
    {
        ref Name? name = ref CollectionsMarshal.GetValueRefOrAddDefault(_names, concept, out bool exists);
        if (exists)
            return name;
        IndexSegment segment = index.SegmentOf(concept);
        if (!ConceptTypes.IsEntity(segment.Nodes.Lengths[concept - segment.FirstId]))
            return null;
        var about = new List<int>();
        var mentions = new List<int>();
        for (EdgeCursor edges = index.EdgesOf(concept, incoming: true); edges.MoveNext();)
        {
            // turns are found by what was said around them
            if (index.IsSpoken(edges.Other))
                continue;
            if (edges.Kind == MemoryEdgeKind.About)
                about.Add(edges.Other);
            else if (edges.Kind == MemoryEdgeKind.Mentions)
                mentions.Add(edges.Other);
        }

        return name = new Name([.. about], [.. mentions], mentions.Count > MostSharing ? [] : [.. about.Union(mentions)]);
    }

    private sealed record Name(int[] About, int[] Mentions, int[] All)
    {
        // a turn where a walk begins is not among the texts of its names, and may be the only one
        public int AboutCount => Math.Max(1, About.Length);

        public int MentionCount => Math.Max(1, Mentions.Length);
    }
}
