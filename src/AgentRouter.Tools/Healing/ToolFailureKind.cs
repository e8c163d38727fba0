namespace AgentRouter.Tools.Healing;

/// <summary>How a tool call failed.</summary>
public enum ToolFailureKind
{
    /// <summary>The tool says that it could not do what it was asked.</summary>
    Declared,

    /// <summary>The tool broke down: an exception, a broken connection.</summary>
    Broke,

    /// <summary>The tool did not answer in its time.</summary>
    Timeout,

    /// <summary>The tool's service asked to slow down.</summary>
    Throttled,

    /// <summary>The tool could not be reached; nothing was asked of it.</summary>
    Unreachable,

    /// <summary>The tool is not there, or will not come back in this run: its server ended.</summary>
    Gone,

    /// <summary>What the tool returned is not of the type that was promised.</summary>
    WrongResult,

    /// <summary>The tool returned nothing where something was promised.</summary>
    EmptyResult,

    /// <summary>The arguments do not fit the tool; it was not called.</summary>
    WrongArguments,

    /// <summary>A person or a monitor did not let it be called.</summary>
    Declined,
}
