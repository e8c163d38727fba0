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
    private (int[] Ends, (int From, float Share)[] Ways)? _turned;

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
    /// <param name="strength">How strong all ways are together, also those that are left out.</param>
    public void AddWays(int place, IReadOnlyList<(int Node, float Weight)> ways, float strength)
    {
        int start = _targets.Count;
        foreach ((int node, float weight) in ways)
        {
            _targets.Add(Place(node));
            _shares.Add(weight / strength);
        }

        _stretches[place] = (start, _targets.Count);
    }

    /// <summary>Gets the places where the ways from a place end.</summary>
    public ReadOnlySpan<int> TargetsOf(int place) => CollectionsMarshal.AsSpan(_targets)[_stretches[place].Start.._stretches[place].End];

    /// <summary>Gets the places from which ways lead to a place, ascending, and what part of a walk goes each way. All ways are there before this is asked.</summary>
    public ReadOnlySpan<(int From, float Share)> SourcesOf(int place)
    {
        (int[] ends, (int From, float Share)[] ways) = _turned ??= Turned();
        return ways.AsSpan((place == 0 ? 0 : ends[place - 1])..ends[place]);
    }

    /// <summary>Gets what part of a walk goes each of the ways from a place; they add up to 1, or less where ways are left out.</summary>
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

    // sorted by where they end, by counting
    private (int[] Ends, (int From, float Share)[] Ways) Turned()
    {
        var ends = new int[_nodes.Count];
        foreach (int target in _targets)
            ends[target]++;
        for (int place = 0, sum = 0; place < ends.Length; place++)
            (ends[place], sum) = (sum, sum + ends[place]);
        var ways = new (int From, float Share)[_targets.Count];
        for (int place = 0; place < _nodes.Count; place++)
        {
            for (int way = _stretches[place].Start; way < _stretches[place].End; way++)
                ways[ends[_targets[way]]++] = (place, _shares[way]);
        }

        return (ends, ways);
    }
}
