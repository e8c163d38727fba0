namespace AgentRouter.Tools.Planning;

/// <summary>
/// The part of a planning problem that a plan up to a known cost can use, renumbered densely. One more fact holds at the start, and tools
/// without other needs need it; one more tool, the last, needs the whole goal and provides one more fact, the last, so that the goal is one fact.
/// </summary>
/// <remarks>Scratch memory of one planning at a time.</remarks>
internal sealed class RelevantProblem
{
    private readonly FactQueue _open = new();
    private bool[] _seen = [];
    private bool[] _relevant = [];
    private int[] _numbers = [];
    private int[] _tools = [];
    private readonly int[] _goal = [0];

    /// <summary>Gets the tools.</summary>
    public ToolRows Rows { get; } = new();

    /// <summary>Gets the weight of each tool.</summary>
    public double[] Weights { get; private set; } = [];

    /// <summary>Gets the fact that holds at the start.</summary>
    public int Start => Rows.FactCount - 2;

    /// <summary>Gets the one fact to make true, as a list.</summary>
    public ReadOnlySpan<int> Goal => _goal;

    /// <summary>Gets the tool that stands for reaching the whole goal; it costs nothing.</summary>
    public int GoalTool => Rows.ToolCount - 1;

    /// <summary>Gets the number of a tool in the whole problem.</summary>
    /// <param name="tool">A tool other than <see cref="GoalTool"/>.</param>
    public int OriginalOf(int tool) => _tools[tool];

    /// <summary>Takes over what is relevant.</summary>
    /// <param name="rows">All tools.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="maxima">Derivations by the highest need, up to the limit: lower bounds of what the needs of a tool cost.</param>
    /// <param name="goal">The facts to make true, none of them given.</param>
    /// <param name="limit">Plans that cost more are of no interest.</param>
    /// <param name="maxLooks">How many needs and provides a search may look at.</param>
    /// <returns>Whether the relevant part is small enough for that; otherwise nothing was taken over.</returns>
    public bool TrySet(ToolRows rows, double[] weights, Derivations maxima, ReadOnlySpan<int> goal, double limit, long maxLooks)
    {
        Reserve(rows);
        if (!MarkRelevant(rows, weights, maxima, goal, limit, maxLooks))
            return false;
        int facts = NumberFacts(rows.FactCount);
        Rows.Clear();
        int count = 0;
        for (int tool = 0; tool < rows.ToolCount; tool++)
        {
            if (!_relevant[tool])
                continue;
            _tools[count] = tool;
            Weights[count++] = weights[tool];
            AddTool(rows.Needs[tool], rows.Provides[tool], facts);
        }

        foreach (int fact in goal)
            Rows.Needs.Add(_numbers[fact]);
        Rows.Needs.EndRow();
        Rows.Provides.Add(facts + 1);
        Rows.Provides.EndRow();
        Weights[count] = 0;
        _goal[0] = facts + 1;
        Rows.Complete(facts + 2);
        return true;
    }

    private void Reserve(ToolRows rows)
    {
        if (_tools.Length < rows.ToolCount)
        {
            _seen = new bool[rows.ToolCount];
            _relevant = new bool[rows.ToolCount];
            _tools = new int[rows.ToolCount];
            Weights = new double[rows.ToolCount + 1];
        }

        if (_numbers.Length < rows.FactCount)
            _numbers = new int[rows.FactCount];
    }

    // Back from the goal, the nearest facts first: a tool that no plan can leave out has one chain of tools behind it up to the goal and, disjoint
    // from that, all that its needs take before it; both and its own weight together are what a plan with it costs at least.
    private bool MarkRelevant(ToolRows rows, double[] weights, Derivations maxima, ReadOnlySpan<int> goal, double limit, long maxLooks)
    {
        long tools = 0, items = 0;
        _open.Clear(rows.FactCount);
        _seen.AsSpan(0, rows.ToolCount).Clear();
        _relevant.AsSpan(0, rows.ToolCount).Clear();
        foreach (int fact in goal)
            _open.Offer(fact, 0);
        while (_open.Count > 0)
        {
            int fact = _open.Take(out double behind);
            foreach (int tool in rows.ProvidedBy[fact])
            {
                if (_seen[tool])
                    continue;
                _seen[tool] = true;
                double cost = weights[tool] + behind;
                if (!maxima.HasRun(tool) || maxima.NeedsCostOf(tool) + cost > limit)
                    continue;
                _relevant[tool] = true;
                tools++;
                items += rows.Needs[tool].Length + rows.Provides[tool].Length;
                if (tools * items > PlanningDefaults.ReachOfLooks * (double)maxLooks)
                    return false;
                foreach (int need in rows.Needs[tool])
                {
                    if (maxima.ToolOf(need) != Derivations.Given && !_open.WasTaken(need))
                        _open.Offer(need, cost);
                }
            }
        }

        return true;
    }

    private int NumberFacts(int all)
    {
        int count = 0;
        for (int fact = 0; fact < all; fact++)
            _numbers[fact] = _open.WasTaken(fact) ? count++ : -1;
        return count;
    }

    private void AddTool(ReadOnlySpan<int> needs, ReadOnlySpan<int> provides, int start)
    {
        int before = Rows.Needs.ItemCount;
        foreach (int fact in needs)
        {
            if (_numbers[fact] >= 0)
                Rows.Needs.Add(_numbers[fact]);
        }

        if (Rows.Needs.ItemCount == before)
            Rows.Needs.Add(start);
        Rows.Needs.EndRow();
        foreach (int fact in provides)
        {
            if (_numbers[fact] >= 0)
                Rows.Provides.Add(_numbers[fact]);
        }

        Rows.Provides.EndRow();
    }
}
