namespace AgentRouter.Workflows.Runs.Sqlite;

/// <summary>By what spending is summed up.</summary>
public enum SpendBy
{
    /// <summary>By the day in UTC, as <c>2026-11-22</c>.</summary>
    Day,

    /// <summary>By the workflow.</summary>
    Workflow,

    /// <summary>By the node's path.</summary>
    Node,

    /// <summary>By the agent whose call it was.</summary>
    Agent,

    /// <summary>By the model.</summary>
    Model,
}
