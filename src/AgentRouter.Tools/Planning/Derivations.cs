namespace AgentRouter.Tools.Planning;

/// <summary>
/// The cheapest way to derive each fact, where the cost of a tool's needs is their highest (a lower bound of what any plan pays) or their sum
/// (which pays a shared tool once for each use). The algorithm is D. E. Knuth's generalization of Dijkstra's (Information Processing Letters
/// 6(1), 1977); where each tool needs at most one fact that does not hold yet, both costs are the same and it is Dijkstra's.
/// </summary>
/// <remarks>
/// Tools wait in the queue rather than facts: a tool enters it once, with a cost that is final, and the first tool that leaves it with a fact is
/// the one that derives the fact. Of tools at equal cost the one with the lower number leaves first. Scratch memory of one planning at a time.
/// </remarks>
internal sealed class Derivations
{
    /// <summary>The tool of a fact that held from the start.</summary>
    public const int Given = -1;

    private const int NotDerived = -2;
    private const int NotRun = -1;

    private readonly ToolQueue _queue = new();
    private ToolRows _rows = new();
    private double[] _weights = [];
    private bool _adds;

    // by fact
    private double[] _cost = [];
    private int[] _tool = [];
    // by tool
    private double[] _needsCost = [];
    private int[] _missing = [];
    private int[] _turn = [];
    private int _turns;

    /// <summary>
    /// Gets whether no tool so far needed several facts that cost something: then the highest need and the sum are the same, and both are what it
    /// costs to derive a fact by itself.
    /// </summary>
    public bool IsExact { get; private set; }

    /// <summary>Starts over, with nothing derived.</summary>
    /// <param name="rows">The tools.</param>
    /// <param name="weights">The weight of each tool; a tool with an infinite one is left out.</param>
    /// <param name="adds">Whether the needs of a tool cost their sum; otherwise their highest.</param>
    public void Begin(ToolRows rows, double[] weights, bool adds)
    {
        _rows = rows;
        _weights = weights;
        _adds = adds;
        IsExact = true;
        _turns = 0;
        if (_cost.Length < rows.FactCount)
        {
            _cost = new double[rows.FactCount];
            _tool = new int[rows.FactCount];
        }

        if (_needsCost.Length < rows.ToolCount)
        {
            _needsCost = new double[rows.ToolCount];
            _missing = new int[rows.ToolCount];
            _turn = new int[rows.ToolCount];
        }

        _queue.Clear(rows.ToolCount);
        _tool.AsSpan(0, rows.FactCount).Fill(NotDerived);
        _needsCost.AsSpan(0, rows.ToolCount).Clear();
        _turn.AsSpan(0, rows.ToolCount).Fill(NotRun);
        rows.NeedCounts.CopyTo(_missing);
    }

    /// <summary>Takes facts as given, and queues the tools that they and nothing at all allow.</summary>
    /// <param name="facts">The facts.</param>
    /// <param name="withoutNeeds">The tools that need nothing.</param>
    public void Give(FactSet facts, ReadOnlySpan<int> withoutNeeds)
    {
        foreach (int tool in withoutNeeds)
            Enqueue(tool);
        foreach (int fact in facts)
            Give(fact);
    }

    /// <summary>Takes one fact as given, and queues the tools that it allows.</summary>
    /// <param name="fact">The fact.</param>
    public void Give(int fact)
    {
        _tool[fact] = Given;
        Settle(fact, 0);
    }

    /// <summary>Settles facts, the cheapest first, until all of some are.</summary>
    /// <param name="goal">The facts to settle.</param>
    /// <returns>Whether all of them can be derived.</returns>
    public bool Reach(ReadOnlySpan<int> goal)
    {
        foreach (int fact in goal)
        {
            while (_tool[fact] == NotDerived)
            {
                if (_queue.Count == 0)
                    return false;
                RunNext();
            }
        }

        return true;
    }

    /// <summary>Settles all facts up to a cost.</summary>
    /// <param name="limit">The highest cost.</param>
    public void ReachAll(double limit)
    {
        while (_queue.Count > 0 && _queue.LowestCost <= limit)
            RunNext();
    }

    /// <summary>Gets what it costs to derive a settled fact.</summary>
    /// <param name="fact">The fact.</param>
    public double CostOf(int fact) => _cost[fact];

    /// <summary>Gets the tool that derives a settled fact, or <see cref="Given"/>.</summary>
    /// <param name="fact">The fact.</param>
    public int ToolOf(int fact) => _tool[fact];

    /// <summary>Says whether a tool ran: all that it needs is settled, and it too is not dearer than what was asked for.</summary>
    /// <param name="tool">The tool.</param>
    public bool HasRun(int tool) => _turn[tool] != NotRun;

    /// <summary>Gets the turn at which a tool ran, which is after those that derive its needs.</summary>
    /// <param name="tool">The tool.</param>
    public int TurnOf(int tool) => _turn[tool];

    /// <summary>Gets what the needs of a tool that ran cost.</summary>
    /// <param name="tool">The tool.</param>
    public double NeedsCostOf(int tool) => _needsCost[tool];

    private void RunNext()
    {
        int tool = _queue.Take(out double cost);
        _turn[tool] = _turns++;
        int[] tools = _tool;
        foreach (int fact in _rows.Provides[tool])
        {
            if (tools[fact] != NotDerived)
                continue;
            tools[fact] = tool;
            Settle(fact, cost);
        }
    }

    private void Settle(int fact, double cost)
    {
        _cost[fact] = cost;
        foreach (int tool in _rows.NeededBy[fact])
        {
            _needsCost[tool] += cost;
            if (--_missing[tool] > 0)
                continue;
            // facts are settled in ascending order, so the last is the highest
            if (_needsCost[tool] > cost)
            {
                IsExact = false;
                if (!_adds)
                    _needsCost[tool] = cost;
            }

            Enqueue(tool);
        }
    }

    private void Enqueue(int tool)
    {
        double weight = _weights[tool];
        if (!double.IsPositiveInfinity(weight))
            _queue.Add(tool, _needsCost[tool] + weight);
    }
}
