namespace AgentRouter.Tools.Planning;

/// <summary>The plan that derivations amount to: their tools, each once, less those that it works without.</summary>
/// <remarks>Scratch memory of one planning at a time.</remarks>
internal sealed class PlanDraft
{
    private ToolRows _rows = new();
    private double[] _weights = [];
    private int[] _tools = [];
    private int[] _order = [];
    private Candidate[] _candidates = [];
    private int _count;

    // marks equal to the stamp are set; the stamp only grows
    private int _stamp;
    private int[] _toolMarks = [];
    private int[] _factMarks = [];
    private int[] _providers = [];
    private int[] _providerCounts = [];

    /// <summary>Gets the tools, in an order in which they can run.</summary>
    public ReadOnlySpan<int> Tools => _tools.AsSpan(0, _count);

    /// <summary>Gets the sum of the weights of the tools.</summary>
    public double Cost { get; private set; }

    /// <summary>Makes the plan.</summary>
    /// <param name="rows">The tools.</param>
    /// <param name="weights">The weight of each tool.</param>
    /// <param name="derivations">Derivations of the goal.</param>
    /// <param name="goal">The facts to make true, none of them given.</param>
    public void Make(ToolRows rows, double[] weights, Derivations derivations, ReadOnlySpan<int> goal)
    {
        _rows = rows;
        _weights = weights;
        Reserve();
        Collect(derivations, goal);
        if (!AreAllNeeded(derivations, goal))
            LeaveOut(derivations, goal);
        Cost = 0;
        foreach (int tool in Tools)
            Cost += weights[tool];
    }

    private void Reserve()
    {
        if (_tools.Length < _rows.ToolCount)
        {
            _tools = new int[_rows.ToolCount];
            _order = new int[_rows.ToolCount];
            _candidates = new Candidate[_rows.ToolCount];
            _toolMarks = new int[_rows.ToolCount];
        }

        if (_factMarks.Length < _rows.FactCount)
        {
            _factMarks = new int[_rows.FactCount];
            _providers = new int[_rows.FactCount];
            _providerCounts = new int[_rows.FactCount];
        }
    }

    private void NewMarks()
    {
        if (_stamp == int.MaxValue)
        {
            Array.Clear(_toolMarks);
            Array.Clear(_factMarks);
            _stamp = 0;
        }

        _stamp++;
    }

    // the tools that the derivations of the goal use, in the order of their turns
    private void Collect(Derivations derivations, ReadOnlySpan<int> goal)
    {
        NewMarks();
        _count = 0;
        foreach (int fact in goal)
            Collect(derivations.ToolOf(fact));
        for (int i = 0; i < _count; i++)
        {
            foreach (int fact in _rows.Needs[_tools[i]])
                Collect(derivations.ToolOf(fact));
        }

        for (int i = 0; i < _count; i++)
            _order[i] = derivations.TurnOf(_tools[i]);
        Array.Sort(_order, _tools, 0, _count);
    }

    private void Collect(int tool)
    {
        if (tool == Derivations.Given || _toolMarks[tool] == _stamp)
            return;
        _toolMarks[tool] = _stamp;
        _tools[_count++] = tool;
    }

    // a quick proof that no tool can be left out: it is the only one with something that the goal, or a tool that cannot be left out, needs
    private bool AreAllNeeded(Derivations derivations, ReadOnlySpan<int> goal)
    {
        CountProviders();
        NewMarks();
        int count = MarkOnlyProviders(derivations, goal, 0);
        for (int i = 0; i < count; i++)
            count = MarkOnlyProviders(derivations, _rows.Needs[_order[i]], count);
        return count == _count;
    }

    // how many tools provide each fact, and one of them
    private void CountProviders()
    {
        NewMarks();
        foreach (int tool in Tools)
        {
            foreach (int fact in _rows.Provides[tool])
            {
                _providerCounts[fact] = _factMarks[fact] == _stamp ? _providerCounts[fact] + 1 : 1;
                _providers[fact] = tool;
                _factMarks[fact] = _stamp;
            }
        }
    }

    private int MarkOnlyProviders(Derivations derivations, ReadOnlySpan<int> facts, int count)
    {
        foreach (int fact in facts)
        {
            if (derivations.ToolOf(fact) == Derivations.Given || _providerCounts[fact] > 1)
                continue;
            int tool = _providers[fact];
            if (_toolMarks[tool] == _stamp)
                continue;
            _toolMarks[tool] = _stamp;
            _order[count++] = tool;
        }

        return count;
    }

    // tries to do without each other tool, the dearest first; what cannot be left out of a set cannot be left out of a smaller one, so once is enough
    private void LeaveOut(Derivations derivations, ReadOnlySpan<int> goal)
    {
        int count = 0;
        foreach (int tool in Tools)
        {
            if (_toolMarks[tool] != _stamp)
                _candidates[count++] = new Candidate(_weights[tool], tool);
        }

        Span<Candidate> candidates = _candidates.AsSpan(0, count);
        candidates.Sort();
        foreach (Candidate candidate in candidates)
        {
            int place = Tools.IndexOf(candidate.Tool);
            if (WorksWithout(candidate.Tool, derivations, goal))
                Tools[(place + 1)..].CopyTo(_tools.AsSpan(place, --_count - place));
        }

        WorksWithout(-1, derivations, goal);
        _order.AsSpan(0, _count).CopyTo(_tools);
    }

    // runs what can run, in turns over the tools, until the goal holds or nothing more can run; leaves the order in which they ran
    private bool WorksWithout(int leftOut, Derivations derivations, ReadOnlySpan<int> goal)
    {
        NewMarks();
        for (int ran = 0, before = -1; ran > before;)
        {
            before = ran;
            foreach (int tool in Tools)
            {
                if (tool == leftOut || _toolMarks[tool] == _stamp || !Hold(derivations, _rows.Needs[tool]))
                    continue;
                _toolMarks[tool] = _stamp;
                _order[ran++] = tool;
                foreach (int fact in _rows.Provides[tool])
                    _factMarks[fact] = _stamp;
            }
        }

        return Hold(derivations, goal);
    }

    private bool Hold(Derivations derivations, ReadOnlySpan<int> facts)
    {
        foreach (int fact in facts)
        {
            if (_factMarks[fact] != _stamp && derivations.ToolOf(fact) != Derivations.Given)
                return false;
        }

        return true;
    }

    // the dearest first, then the one declared last
    private readonly record struct Candidate(double Weight, int Tool) : IComparable<Candidate>
    {
        public int CompareTo(Candidate other)
        {
            int order = other.Weight.CompareTo(Weight);
            return order != 0 ? order : other.Tool.CompareTo(Tool);
        }
    }
}
