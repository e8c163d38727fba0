namespace AgentRouter.Configuration;

/// <summary>How commands are confined.</summary>
public enum SandboxMode
{
    /// <summary>Bubblewrap where it works, else a plain process and a warning.</summary>
    Auto,

    /// <summary>Bubblewrap, or no commands at all.</summary>
    Bubblewrap,

    /// <summary>A plain process: the limits hold, but it can reach the network and read the user's files.</summary>
    Plain,
}
