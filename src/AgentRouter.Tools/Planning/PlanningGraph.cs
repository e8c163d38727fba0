namespace AgentRouter.Tools.Planning;

/// <summary>
/// The tools of a capability graph, compiled for planning: facts are numbers from 0, tools are numbers from 0 in their declared order.
/// Immutable, shared by threads.
/// </summary>
internal sealed class PlanningGraph
{
    private readonly PlanningTool[] _tools;

    /// <summary>Compiles tools.</summary>
    /// <param name="factCount">How many facts there are.</param>
    /// <param name="tools">The tools in their declared order, which breaks ties.</param>
    /// <exception cref="ArgumentException">A tool names a fact that is not there.</exception>
    public PlanningGraph(int factCount, IReadOnlyList<PlanningTool> tools)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(factCount);
        ArgumentNullException.ThrowIfNull(tools);
        _tools = [.. tools];
        for (int i = 0; i < _tools.Length; i++)
            AddTool(_tools[i], i, factCount);
        Rows.Complete(factCount);
        AllTools = [.. Enumerable.Range(0, ToolCount)];
        WithoutNeeds = [.. AllTools.Where(tool => Rows.NeedCounts[tool] == 0)];
    }

    /// <summary>Gets how many facts there are.</summary>
    public int FactCount => Rows.FactCount;

    /// <summary>Gets how many tools there are.</summary>
    public int ToolCount => Rows.ToolCount;

    /// <summary>Gets the needs and provides, which nobody may change.</summary>
    internal ToolRows Rows { get; } = new();

    /// <summary>Gets all tools, in ascending order.</summary>
    internal int[] AllTools { get; }

    /// <summary>Gets the tools that need nothing, in ascending order.</summary>
    internal int[] WithoutNeeds { get; }

    /// <summary>Makes a graph with one more tool, which has the highest number. Planners of this graph keep planning on it.</summary>
    /// <param name="tool">The tool, over the same facts.</param>
    /// <exception cref="ArgumentException">The tool names a fact that is not there.</exception>
    public PlanningGraph With(PlanningTool tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        return new PlanningGraph(FactCount, [.. _tools, tool]);
    }

    private void AddTool(PlanningTool tool, int number, int factCount)
    {
        foreach (int fact in tool.Needs.Concat(tool.Provides))
        {
            if (fact < 0 || fact >= factCount)
                throw new ArgumentException($"Tool {number} names the fact {fact}; there are {factCount} facts.", nameof(tool));
        }

        foreach (int fact in tool.Needs.Distinct().Order())
            Rows.Needs.Add(fact);
        Rows.Needs.EndRow();
        // what it needs holds before it runs
        foreach (int fact in tool.Provides.Except(tool.Needs).Order())
            Rows.Provides.Add(fact);
        Rows.Provides.EndRow();
    }
}
