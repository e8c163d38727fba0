namespace AgentRouter.Tools.Planning;

/// <summary>How far a planner goes to find a cheaper plan than the first, or to prove that there is none.</summary>
internal sealed class ToolPlannerOptions
{
    /// <summary>
    /// How many needs and provides the search may look at, from 0: what bounds its time, in a way that gives the same plan on every machine. A
    /// search that is under way ends soon after; none is begun where so many looks promise nothing. At 0 a plan is optimal only where a shortest
    /// path proves it.
    /// </summary>
    public long MaxLooks { get; set; } = PlanningDefaults.MaxLooks;
}
