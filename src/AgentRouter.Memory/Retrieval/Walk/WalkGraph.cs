using System.Runtime.InteropServices;

namespace AgentRouter.Memory.Retrieval.Walk;

/// <summary>The part of a graph that a walk goes through: for each place where the walk may go next, and how likely.</summary>
/// <remarks>Places are numbered from 0 in the order in which they were added. From a place without a way on, what came there goes nowhere.</remarks>
internal sealed class WalkGraph
{
    private readonly List<int> _nodes = [];
    private readonly Dictionary<int, int> _places = [];
    private readonly List<(int Start, int End)> _stretches = [];
    private readonly List<int> _targets = [];
    private readonly List<float> _shares = [];
    private List<(int From, float Share)>[]? _sources;

    /// <summary>Gets the numbers of the nodes at the places.</summary>
    public IReadOnlyList<int> Nodes => _nodes;

    /// <summary>Gets the place of a node; gives it one where it has none.</summary>
    public int Place(int node)
    {
        ref int place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, node, out bool exists);
        if (!exists)
        {
            place = _nodes.Count;
            _nodes.Add(node);
            _stretches.Add((0, 0));
        }

        return place;
    }

    /// <summary>Adds the ways from a place. Called once for a place.</summary>
    /// <param name="place">The place.</param>
    /// <param name="ways">The nodes where ways end, and how strong each is; of several to one node the strengths add up.</param>
    public void AddWays(int place, IReadOnlyList<(int Node, float Weight)> ways)
    {
        int start = _targets.Count;
        float sum = 0;
        foreach ((_, float weight) in ways)
            sum += weight;
        foreach ((int node, float weight) in ways)
        {
            _targets.Add(Place(node));
            _shares.Add(weight / sum);
        }

        _stretches[place] = (start, _targets.Count);
    }

    /// <summary>Gets the places where the ways from a place end.</summary>
    public ReadOnlySpan<int> TargetsOf(int place) => CollectionsMarshal.AsSpan(_targets)[_stretches[place].Start.._stretches[place].End];

    /// <summary>Gets the places from which ways lead to a place, and what part of a walk goes that way. All ways are there before this is asked.</summary>
    public IReadOnlyList<(int From, float Share)> SourcesOf(int place)
    {
        _sources ??= Turned();
        return _sources[place];
    }

    /// <summary>Gets what part of a walk goes each of the ways from a place; they add up to 1.</summary>
    public ReadOnlySpan<float> SharesOf(int place) => CollectionsMarshal.AsSpan(_shares)[_stretches[place].Start.._stretches[place].End];

    /// <summary>Moves a distribution one step: adds to another what each place passes on.</summary>
    /// <param name="from">What is at each place.</param>
    /// <param name="factor">The part of it that goes on.</param>
    /// <param name="to">What it is added to.</param>
    public void Step(ReadOnlySpan<double> from, double factor, Span<double> to)
    {
        for (int place = 0; place < from.Length; place++)
        {
            double moved = from[place] * factor;
            if (moved == 0)
                continue;
            ReadOnlySpan<int> targets = TargetsOf(place);
            ReadOnlySpan<float> shares = SharesOf(place);
            for (int way = 0; way < targets.Length; way++)
                to[targets[way]] += moved * shares[way];
        }
    }

    private List<(int From, float Share)>[] Turned()
    {
        var sources = new List<(int From, float Share)>[_nodes.Count];
        for (int place = 0; place < sources.Length; place++)
            sources[place] = [];
        for (int place = 0; place < sources.Length; place++)
        {
            ReadOnlySpan<int> targets = TargetsOf(place);
            ReadOnlySpan<float> shares = SharesOf(place);
            for (int way = 0; way < targets.Length; way++)
                Add(sources[targets[way]], place, shares[way]);
        }

        return sources;
    }

    // there may be several ways between the same places
    private static void Add(List<(int From, float Share)> sources, int from, float share)
    {
        if (sources.Count > 0 && sources[^1].From == from)
            sources[^1] = (from, sources[^1].Share + share);
        else
            sources.Add((from, share));
    }
}
