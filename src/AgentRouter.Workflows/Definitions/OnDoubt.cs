namespace AgentRouter.Workflows.Definitions;

/// <summary>What happens with a tool call that was made before the process ended, when the tool is not idempotent.</summary>
public enum OnDoubt
{
    /// <summary>A person decides; until then the run waits.</summary>
    Ask,

    /// <summary>The tool is called again.</summary>
    Again,

    /// <summary>The call counts as failed.</summary>
    Fail,
}
