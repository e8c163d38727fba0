namespace AgentRouter.Tools.Capabilities.Import;

/// <summary>Says what a method provides when <see cref="CapabilityImport"/> makes a tool of a graph of it:
/// <c>[Provides("refund", Cost = 2, Effect = ToolEffect.Repeatable, Undo = "cancel")]</c>.</summary>
/// <param name="capabilities">The capabilities that a call satisfies; the tool's own name when none is given.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProvidesAttribute(params string[] capabilities) : Attribute
{
    /// <summary>Gets the capabilities.</summary>
    public IReadOnlyList<string> Capabilities { get; } = capabilities;

    /// <summary>Gets or sets what a call costs beside other tools of the capability, from 0: <see cref="CapabilityTool.Cost"/>.</summary>
    public double Cost { get; set; } = 1;

    /// <summary>Gets or sets what a call costs in US dollars.</summary>
    public double Usd { get; set; }

    /// <summary>Gets or sets what a call does to the world.</summary>
    public ToolEffect Effect { get; set; }

    /// <summary>Gets or sets what a wrong call can do.</summary>
    public ToolRisk Risk { get; set; }

    /// <summary>Gets or sets the fact with the amount that a call moves: <see cref="CapabilityTool.Amount"/>.</summary>
    public string? Amount { get; set; }

    /// <summary>Gets or sets the name of the tool that tells whether a call took effect: <see cref="CapabilityTool.Check"/>.</summary>
    public string? Check { get; set; }

    /// <summary>Gets or sets the name of the tool that takes the effect back: <see cref="CapabilityTool.Undo"/>.</summary>
    public string? Undo { get; set; }

    /// <summary>Gets or sets how long a call may take, in seconds; the default of <see cref="CapabilityTool.Timeout"/> when 0.</summary>
    public double TimeoutSeconds { get; set; }

    /// <summary>Gets or sets how often a call is tried in a run; the default of <see cref="CapabilityTool.Attempts"/> when 0.</summary>
    public int Attempts { get; set; }

    /// <summary>Gets or sets how many calls a minute its service allows; not known when 0.</summary>
    public int CallsPerMinute { get; set; }

    /// <summary>Gets or sets a value indicating whether an empty result is a failure: <see cref="CapabilityTool.IsResultPromised"/>.</summary>
    public bool NonEmpty { get; set; }
}
