namespace AgentRouter.Tools.Sandbox;

/// <summary>How a command came to its end.</summary>
public enum SandboxEnd
{
    /// <summary>By itself.</summary>
    Exited,

    /// <summary>It ran longer than it may.</summary>
    TimedOut,

    /// <summary>It used more memory than it may.</summary>
    OutOfMemory,

    /// <summary>It started more processes than it may.</summary>
    TooManyProcesses,
}
