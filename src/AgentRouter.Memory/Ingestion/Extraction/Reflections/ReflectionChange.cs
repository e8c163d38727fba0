using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Ingestion.Facts;
using AgentRouter.Memory.Storage;

namespace AgentRouter.Memory.Ingestion.Extraction.Reflections;

/// <summary>Makes the one change that groups bring: their reflections with the facts that they follow from, and the marks of their concepts.</summary>
/// <param name="records">The records, which are only read.</param>
/// <param name="now">The time, for reflections on facts without one.</param>
internal sealed class ReflectionChange(IMemoryRecords records, DateTimeOffset now)
{
    private const string Prefix = "reflection/";

    private readonly FactVersions _versions = new(records);
    private readonly List<NewNode> _nodes = [];
    private readonly List<NewEdge> _edges = [];
    private readonly List<Supersession> _superseded = [];
    private readonly List<MemoryMark> _marks = [];

    /// <summary>Gets how many reflections are new.</summary>
    public int Reflections { get; private set; }

    /// <summary>Adds a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="reflection">What its facts mean together, and their places; <see langword="null"/> where they mean nothing more.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task AddAsync(ReflectionGroup group, (string Text, IReadOnlyList<int> Facts)? reflection, CancellationToken cancellationToken)
    {
        _marks.Add(new MemoryMark(Key(group.Concept), ExtractionRecipes.Reflections, group.UpTo));
        if (reflection is not var (text, facts))
            return;
        string first = Prefix + group.Concept.Key;
        IReadOnlyList<MemoryNode> held = await records.ReadSpeakingAsync(group.Concept.Id, MemoryNodeKind.Reflection, ReflectionLimits.Versions, cancellationToken).ConfigureAwait(false);
        MemoryNode? older = held.FirstOrDefault(node => node.Key == first || node.Key.StartsWith(first + CheckedSource.VersionSign, StringComparison.Ordinal));
        bool isSame = older is not null && FactVersions.AreSame(older.Text, text);
        NodeKey key = new(MemoryNodeKind.Reflection, isSame ? older!.Key : await _versions.FreeKeyAsync(MemoryNodeKind.Reflection, first, static _ => false, cancellationToken).ConfigureAwait(false));
        foreach (int fact in facts)
            _edges.Add(new NewEdge(key, Key(group.Facts[fact]), MemoryEdgeKind.DerivedFrom, ImportEdges.OfReflection, ImportEdges.DerivedFrom));
        if (!isSame)
            Write(key, text, group, facts.Max(fact => group.Facts[fact].SaidAt) ?? now, older);
    }

    /// <summary>Gets the change.</summary>
    public MemoryChange ToChange() => new() { Nodes = _nodes, Edges = _edges, Superseded = _superseded, Marks = _marks };

    private void Write(NodeKey key, string text, ReflectionGroup group, DateTimeOffset said, MemoryNode? older)
    {
        Reflections++;
        _nodes.Add(new NewNode(new MemoryNode { Kind = MemoryNodeKind.Reflection, Key = key.Key, Text = text, Title = group.Concept.Text, SaidAt = said }) { MustBeNew = true });
        _edges.Add(new NewEdge(key, Key(group.Concept), MemoryEdgeKind.About, ImportEdges.Title, ImportEdges.About));
        if (older is null)
            return;
        _edges.Add(new NewEdge(key, Key(older), MemoryEdgeKind.Supersedes, 1, ImportEdges.Supersedes));
        _superseded.Add(new Supersession(Key(older), said));
    }

    private static NodeKey Key(MemoryNode node) => new(node.Kind, node.Key);
}
