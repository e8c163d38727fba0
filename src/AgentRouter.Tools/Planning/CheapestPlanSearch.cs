namespace AgentRouter.Tools.Planning;

/// <summary>
/// Branch and bound for the cheapest plan. Every plan has a tool of each landmark: at a node, each tool of one landmark in turn is taken as run
/// (it costs nothing any more) with those before it forbidden, which parts the plans among the children. The landmarks of each node bound what its
/// plans cost, and the tools that the bound left at 0 make a plan that is often as cheap as the bound.
/// </summary>
/// <remarks>Scratch memory of one planning at a time.</remarks>
internal sealed class CheapestPlanSearch
{
    private readonly RelevantProblem _problem;
    private readonly LandmarkCut _cut = new();
    private readonly Derivations _derivations = new();
    private readonly PlanDraft _draft = new();

    private double[] _weights = [];
    private double[] _bargains = [];
    private int[] _branches = [];
    private int _branchCount;

    private int[] _tools = [];
    private int _count;
    private double _negligible;
    private long _maxLooks;
    private double _leastOpen;

    /// <summary>Creates the search.</summary>
    /// <param name="problem">The problem that it will be about.</param>
    public CheapestPlanSearch(RelevantProblem problem) => _problem = problem;

    /// <summary>Gets whether a cheaper plan than the known one was found.</summary>
    public bool Improved { get; private set; }

    /// <summary>Gets the tools of the cheaper plan, in an order in which they can run.</summary>
    public ReadOnlySpan<int> Tools => _tools.AsSpan(0, _count);

    /// <summary>Gets the cost of the cheapest plan that is known.</summary>
    public double Cost { get; private set; }

    /// <summary>Gets what every plan costs at least.</summary>
    public double LowerBound { get; private set; }

    /// <summary>Searches.</summary>
    /// <param name="cost">The cost of a known plan.</param>
    /// <param name="lowerBound">What every plan is known to cost at least.</param>
    /// <param name="maxLooks">How many needs and provides to look at; at that many no further bound is begun.</param>
    public void Run(double cost, double lowerBound, long maxLooks)
    {
        Cost = cost;
        Improved = false;
        _negligible = cost * PlanningDefaults.Negligible;
        _maxLooks = maxLooks;
        _branchCount = 0;
        _leastOpen = double.PositiveInfinity;
        _cut.ResetLooks();
        int tools = _problem.Rows.ToolCount;
        if (_weights.Length < tools)
        {
            _weights = new double[tools];
            _bargains = new double[tools];
            _tools = new int[tools];
        }

        _problem.Weights.AsSpan(0, tools).CopyTo(_weights);
        Visit(0, lowerBound);
        LowerBound = Math.Min(Cost, _leastOpen);
    }

    private bool IsExhausted => _cut.Looks >= _maxLooks;

    private bool CanImprove(double lowerBound) => lowerBound < Cost * (1 - PlanningDefaults.Tolerance);

    private void Visit(double taken, double lowerBound)
    {
        if (!IsExhausted)
        {
            lowerBound = Math.Max(lowerBound, taken + _cut.Bound(_problem, _weights, _negligible, _maxLooks));
            if (CanImprove(lowerBound))
                TryBargains();
        }

        if (!CanImprove(lowerBound))
            return;
        if (IsExhausted)
            _leastOpen = Math.Min(_leastOpen, lowerBound);
        else
            Branch(taken, lowerBound);
    }

    // the plan of the tools that the bound left at 0
    private void TryBargains()
    {
        for (int tool = 0; tool < _problem.Rows.ToolCount; tool++)
            _bargains[tool] = _cut.LeftOf(tool) == 0 ? _weights[tool] : double.PositiveInfinity;
        _derivations.Begin(_problem.Rows, _bargains, adds: true);
        _derivations.Give(_problem.Start);
        if (!_derivations.Reach(_problem.Goal))
            return;
        _draft.Make(_problem.Rows, _problem.Weights, _derivations, _problem.Goal);
        if (_draft.Cost >= Cost)
            return;
        Cost = _draft.Cost;
        Improved = true;
        _count = 0;
        foreach (int tool in _draft.Tools)
        {
            if (tool != _problem.GoalTool)
                _tools[_count++] = _problem.OriginalOf(tool);
        }
    }

    private void Branch(double taken, double lowerBound)
    {
        int first = _branchCount;
        taken += TakeSingles();
        int start = _branchCount;
        PushSmallestLandmark();
        int end = _branchCount;
        if (start == end && start > first)
            Visit(taken, lowerBound);
        for (int i = start; i < end; i++)
        {
            int tool = _branches[i];
            _weights[tool] = 0;
            Visit(taken + _problem.Weights[tool], lowerBound);
            _weights[tool] = double.PositiveInfinity;
        }

        foreach (int tool in _branches.AsSpan(first, end - first))
            _weights[tool] = _problem.Weights[tool];
        _branchCount = first;
    }

    // every plan has the tools that are landmarks by themselves
    private double TakeSingles()
    {
        double cost = 0;
        for (int i = 0; i < _cut.Landmarks.Count; i++)
        {
            ReadOnlySpan<int> tools = _cut.Landmarks[i];
            if (tools.Length != 1 || _weights[tools[0]] == 0)
                continue;
            cost += _weights[tools[0]];
            _weights[tools[0]] = 0;
            Push(tools[0]);
        }

        return cost;
    }

    // of the landmarks that no tool taken already serves; its tools with the cheapest first
    private void PushSmallestLandmark()
    {
        ReadOnlySpan<int> smallest = [];
        for (int i = 0; i < _cut.Landmarks.Count; i++)
        {
            ReadOnlySpan<int> tools = _cut.Landmarks[i];
            if ((smallest.IsEmpty || tools.Length < smallest.Length) && !IsServed(tools))
                smallest = tools;
        }

        int start = _branchCount;
        foreach (int tool in smallest)
        {
            Push(tool);
            for (int i = _branchCount - 1; i > start && IsBefore(_branches[i], _branches[i - 1]); i--)
                (_branches[i], _branches[i - 1]) = (_branches[i - 1], _branches[i]);
        }
    }

    private bool IsServed(ReadOnlySpan<int> landmark)
    {
        foreach (int tool in landmark)
        {
            if (_weights[tool] == 0)
                return true;
        }

        return false;
    }

    private void Push(int tool)
    {
        if (_branchCount == _branches.Length)
            Array.Resize(ref _branches, Math.Max(16, 2 * _branchCount));
        _branches[_branchCount++] = tool;
    }

    private bool IsBefore(int tool, int other) =>
        _problem.Weights[tool] < _problem.Weights[other] || (_problem.Weights[tool] == _problem.Weights[other] && tool < other);
}
