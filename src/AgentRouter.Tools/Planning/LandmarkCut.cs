namespace AgentRouter.Tools.Planning;

/// <summary>
/// A lower bound of what every plan costs, and sets of tools of which every plan has at least one (landmarks). LM-cut: M. Helmert and
/// C. Domshlak, "Landmarks, critical paths and abstractions: what's the difference anyway?", ICAPS 2009. Each round finds a cut of tools
/// between the start and the facts that lead to the goal for nothing, adds the weight of its cheapest tool to the bound, and takes it off all of them.
/// </summary>
/// <remarks>Scratch memory of one planning at a time.</remarks>
internal sealed class LandmarkCut
{
    private const byte BeforeCut = 1, BehindCut = 2;

    private readonly FactQueue _open = new();
    private readonly SparseRows _landmarks = new();
    private ToolRows _rows = new();
    private int _start, _goal;

    // by fact
    private double[] _cost = [];
    private byte[] _side = [];
    private int[] _stack = [];
    // by tool: what is left of its weight, the need that is dearest, its cost, how many needs are not reached
    private double[] _left = [];
    private int[] _dearest = [];
    private double[] _needsCost = [];
    private int[] _missing = [];

    /// <summary>Gets the landmarks of the last bound, one a row; no tool in them had weight 0.</summary>
    public SparseRows Landmarks => _landmarks;

    /// <summary>Gets how many needs and provides were looked at.</summary>
    public long Looks { get; private set; }

    /// <summary>Forgets how many needs and provides were looked at.</summary>
    public void ResetLooks() => Looks = 0;

    /// <summary>Gets what the last bound left of a tool's weight: 0 for the tools of which cheap plans are made.</summary>
    /// <param name="tool">The tool.</param>
    public double LeftOf(int tool) => _left[tool];

    /// <summary>Computes the bound.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="weights">The weights of its tools, some changed from the problem's own.</param>
    /// <param name="negligible">Weights up to this count as 0.</param>
    /// <param name="maxLooks">At so many looks no further round is begun.</param>
    /// <returns>The bound; infinity if there is no plan.</returns>
    public double Bound(RelevantProblem problem, ReadOnlySpan<double> weights, double negligible, long maxLooks)
    {
        _rows = problem.Rows;
        _start = problem.Start;
        _goal = problem.Goal[0];
        _landmarks.Clear();
        Reserve();
        for (int tool = 0; tool < _rows.ToolCount; tool++)
            _left[tool] = weights[tool] <= negligible ? 0 : weights[tool];
        Reach();
        if (double.IsPositiveInfinity(_cost[_goal]))
            return double.PositiveInfinity;

        double bound = 0;
        while (_cost[_goal] > 0 && Looks < maxLooks)
        {
            MarkBehindCut();
            FindCut();
            bound += TakeOff(negligible);
            Update();
        }

        return bound;
    }

    private void Reserve()
    {
        if (_cost.Length < _rows.FactCount)
        {
            _cost = new double[_rows.FactCount];
            _side = new byte[_rows.FactCount];
            _stack = new int[_rows.FactCount];
        }

        if (_left.Length < _rows.ToolCount)
        {
            _left = new double[_rows.ToolCount];
            _dearest = new int[_rows.ToolCount];
            _needsCost = new double[_rows.ToolCount];
            _missing = new int[_rows.ToolCount];
        }
    }

    // what each fact costs where the needs of a tool cost their highest
    private void Reach()
    {
        _open.Clear(_rows.FactCount);
        _cost.AsSpan(0, _rows.FactCount).Fill(double.PositiveInfinity);
        _dearest.AsSpan(0, _rows.ToolCount).Fill(-1);
        _rows.NeedCounts.CopyTo(_missing);
        Offer(_start, 0);
        while (_open.Count > 0)
        {
            int fact = _open.Take(out double cost);
            ReadOnlySpan<int> tools = _rows.NeededBy[fact];
            Looks += tools.Length;
            foreach (int tool in tools)
            {
                if (--_missing[tool] > 0 || double.IsPositiveInfinity(_left[tool]))
                    continue;
                _dearest[tool] = fact;
                _needsCost[tool] = cost;
                OfferProvides(tool);
            }
        }
    }

    private void Offer(int fact, double cost)
    {
        if (cost >= _cost[fact])
            return;
        _cost[fact] = cost;
        _open.Offer(fact, cost);
    }

    private void OfferProvides(int tool)
    {
        double cost = _needsCost[tool] + _left[tool];
        ReadOnlySpan<int> facts = _rows.Provides[tool];
        Looks += facts.Length;
        foreach (int fact in facts)
            Offer(fact, cost);
    }

    // the facts from which tools that cost nothing lead to the goal, along the dearest needs
    private void MarkBehindCut()
    {
        _side.AsSpan(0, _rows.FactCount).Clear();
        int count = 0;
        _side[_goal] = BehindCut;
        _stack[count++] = _goal;
        while (count > 0)
        {
            ReadOnlySpan<int> tools = _rows.ProvidedBy[_stack[--count]];
            Looks += tools.Length;
            foreach (int tool in tools)
            {
                int need = _dearest[tool];
                if (_left[tool] > 0 || need < 0 || _side[need] == BehindCut)
                    continue;
                _side[need] = BehindCut;
                _stack[count++] = need;
            }
        }
    }

    // the tools that lead, along the dearest needs, from the start to those facts
    private void FindCut()
    {
        int count = 0;
        _side[_start] = BeforeCut;
        _stack[count++] = _start;
        while (count > 0)
        {
            int need = _stack[--count];
            ReadOnlySpan<int> tools = _rows.NeededBy[need];
            Looks += tools.Length;
            foreach (int tool in tools)
            {
                if (_dearest[tool] != need)
                    continue;
                ReadOnlySpan<int> facts = _rows.Provides[tool];
                Looks += facts.Length;
                if (LeadsBehindCut(facts))
                {
                    _landmarks.Add(tool);
                    continue;
                }

                foreach (int fact in facts)
                {
                    if (_side[fact] != 0)
                        continue;
                    _side[fact] = BeforeCut;
                    _stack[count++] = fact;
                }
            }
        }

        _landmarks.EndRow();
    }

    private bool LeadsBehindCut(ReadOnlySpan<int> facts)
    {
        foreach (int fact in facts)
        {
            if (_side[fact] == BehindCut)
                return true;
        }

        return false;
    }

    private double TakeOff(double negligible)
    {
        ReadOnlySpan<int> cut = _landmarks[_landmarks.Count - 1];
        double least = double.PositiveInfinity;
        foreach (int tool in cut)
            least = Math.Min(least, _left[tool]);
        foreach (int tool in cut)
        {
            double left = _left[tool] - least;
            _left[tool] = left <= negligible ? 0 : left;
            OfferProvides(tool);
        }

        return least;
    }

    // costs only fell, and only behind the cut
    private void Update()
    {
        while (_open.Count > 0)
        {
            int fact = _open.Take(out _);
            ReadOnlySpan<int> tools = _rows.NeededBy[fact];
            Looks += tools.Length;
            foreach (int tool in tools)
            {
                if (_dearest[tool] != fact || _needsCost[tool] <= _cost[fact])
                    continue;
                FindDearest(tool);
                OfferProvides(tool);
            }
        }
    }

    private void FindDearest(int tool)
    {
        ReadOnlySpan<int> needs = _rows.Needs[tool];
        Looks += needs.Length;
        int dearest = needs[0];
        foreach (int need in needs)
        {
            if (_cost[need] > _cost[dearest])
                dearest = need;
        }

        _dearest[tool] = dearest;
        _needsCost[tool] = _cost[dearest];
    }
}
