namespace AgentRouter.Tools.Monitors;

/// <summary>What a monitor wants to happen instead of the call.</summary>
public enum MonitorAction
{
    /// <summary>Nothing: the call is made.</summary>
    None,

    /// <summary>Another path is taken.</summary>
    Reroute,

    /// <summary>The next lesser goal is taken.</summary>
    Demote,

    /// <summary>A person is asked. Where there is none a model is, which may refuse the call and not allow it.</summary>
    Ask,

    /// <summary>A model is asked; a person where there is none.</summary>
    Escalate,

    /// <summary>The goal is given up.</summary>
    Stop,
}
