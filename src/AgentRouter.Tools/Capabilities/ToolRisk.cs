namespace AgentRouter.Tools.Capabilities;

/// <summary>What a tool's author says about the damage that a wrong call can do.</summary>
public enum ToolRisk
{
    /// <summary>None worth a question.</summary>
    Low,

    /// <summary>Damage that can be put right.</summary>
    Medium,

    /// <summary>Damage that cannot: a person is asked first.</summary>
    High,
}
