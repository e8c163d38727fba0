namespace AgentRouter.Tools.Healing;

/// <summary>How the way to a goal ended.</summary>
public enum GoalStatus
{
    /// <summary>The goal was not reached, and neither was a lesser one.</summary>
    Failed,

    /// <summary>A lesser goal was reached; or a model chose a tool for a capability that the tool does not declare, so that only the model says that it is satisfied.</summary>
    Lesser,

    /// <summary>All capabilities of the goal are satisfied.</summary>
    Reached,
}
