namespace AgentRouter.Tools.Capabilities;

/// <summary>The defaults and limits of capability graphs.</summary>
internal static class CapabilityDefaults
{
    /// <summary>How often a call is tried: one second chance, because most failures that pass have passed by then.</summary>
    public const int Attempts = 2;

    /// <summary>The most attempts that may be declared.</summary>
    public const int MaxAttempts = 10;

    /// <summary>How many tools a graph may hold; imports of whole registries have thousands.</summary>
    public const int MaxTools = 10_000;

    /// <summary>How many facts a tool may need, and provide.</summary>
    public const int MaxFactsOfTool = 256;

    /// <summary>The longest name.</summary>
    public const int MaxName = 128;

    /// <summary>How long a call may take: longer than most services' own limit.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>The longest time that may be declared.</summary>
    public static readonly TimeSpan MaxTimeout = TimeSpan.FromHours(1);
}
