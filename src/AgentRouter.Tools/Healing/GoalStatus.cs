namespace AgentRouter.Tools.Healing;

/// <summary>How the way to a goal ended.</summary>
public enum GoalStatus
{
    /// <summary>The goal was not reached, and neither was a lesser one.</summary>
    Failed,

    /// <summary>A lesser goal was reached.</summary>
    Lesser,

    /// <summary>All capabilities of the goal are satisfied.</summary>
    Reached,
}
