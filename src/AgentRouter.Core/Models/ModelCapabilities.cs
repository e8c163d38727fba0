namespace AgentRouter.Models;

/// <summary>What a model can take and do; a candidate that lacks what a step needs is gated out before any policy is asked.</summary>
[Flags]
public enum ModelCapabilities
{
    /// <summary>Text in, text out.</summary>
    None = 0,

    /// <summary>The model can call tools.</summary>
    Tools = 1,

    /// <summary>The model takes images.</summary>
    Vision = 2,

    /// <summary>The model can be held to a JSON schema.</summary>
    Json = 4,
}
