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

    private readonly Dictionary<int, Name?> _names = [];
    private readonly List<(int Node, float Weight)> _ways = [];
    private readonly List<(int[] To, float Weight)> _bundles = [];

    /// <summary>Finds the ways from a text.</summary>
    /// <param name="id">The text's node.</param>
    /// <param name="least">The least part of a walk that is worth a way of its own, from 0 to 1; thinner ways are left out, but count in the strength of all.</param>
    /// <returns>The nodes where they end, how strong they are, and how strong all are together; valid until the next call.</returns>
    public (IReadOnlyList<(int Node, float Weight)> Ways, float Strength) From(int id, double least)
    {
        _ways.Clear();
        _bundles.Clear();
        float strength = 0;
        for (EdgeCursor edges = index.EdgesOf(id, incoming: false); edges.MoveNext();)
        {
            if (edges.Kind is not (MemoryEdgeKind.Mentions or MemoryEdgeKind.About) || NameOf(edges.Other) is not { } name)
                continue;
            if (edges.Kind == MemoryEdgeKind.Mentions)
                strength += Bundle(id, name.About, 1f / name.MentionCount / name.AboutCount);
            else
                strength += Bundle(id, name.Mentions, Back / name.MentionCount / name.AboutCount);
            if (name.All.Length is >= 2 and <= MostSharing)
                strength += Bundle(id, name.All, Shared / name.All.Length / name.All.Length);
        }

        foreach ((int[] to, float weight) in _bundles)
        {
            if (weight < least * strength)
                continue;
            foreach (int other in to)
            {
                if (other != id)
                    _ways.Add((other, weight));
            }
        }

        return (_ways, strength);
    }

    // ways of one strength to all texts of a name but the one itself
    private float Bundle(int from, int[] to, float weight)
    {
        if (to.Length == 0)
            return 0;
        _bundles.Add((to, weight));
        return weight * (to.Length - (Array.BinarySearch(to, from) >= 0 ? 1 : 0));
    }

    private Name? NameOf(int concept)
    {
        ref Name? name = ref CollectionsMarshal.GetValueRefOrAddDefault(_names, concept, out bool exists);
        if (exists)
            return name;
        IndexSegment segment = index.SegmentOf(concept);
        if (!ConceptTypes.IsEntity(segment.Nodes.Lengths[concept - segment.FirstId]))
            return null;
        NamedTexts texts = index.TextsOf(concept);
        return name = new Name(texts, texts.Mentioned > MostSharing || texts.About.Length > MostSharing ? [] : United(texts.About, texts.Mentions));
    }

    // both ascending
    private static int[] United(int[] one, int[] other)
    {
        if (one.Length == 0)
            return other;
        var all = new List<int>(one.Length + other.Length);
        int next = 0;
        foreach (int id in one)
        {
            for (; next < other.Length && other[next] <= id; next++)
            {
                if (other[next] < id)
                    all.Add(other[next]);
            }

            all.Add(id);
        }

        all.AddRange(other.AsSpan(next));
        return [.. all];
    }

    private sealed record Name(NamedTexts Texts, int[] All)
    {
        public int[] About => Texts.About;

        public int[] Mentions => Texts.Mentions;

        // a turn where a walk begins is not among the texts of its names, and may be the only one
        public int AboutCount => Math.Max(1, About.Length);

        public int MentionCount => Math.Max(1, Texts.Mentioned);
    }
}
