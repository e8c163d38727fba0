using System.Text.Json.Nodes;
using AgentRouter.Expressions;
using AgentRouter.Pricing;

namespace AgentRouter.Tools.Capabilities;

/// <summary>A tool as the graph knows it: what it provides, what it needs for that, and what a call of it means.</summary>
public sealed record CapabilityTool
{
    /// <summary>Gets its name in the graph.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the full name of the tool that is called: <c>mcp.stripe.refund</c>; the default is <see cref="Name"/>.</summary>
    public string Tool { get => field ?? Name; init; }

    /// <summary>Gets the capabilities that a call satisfies, one at least. A result that is an object with a field of a capability's name gives
    /// that field to it, any other result is given to each.</summary>
    public required IReadOnlyList<string> Provides { get; init; }

    /// <summary>Gets the facts that must be known before: capabilities of other tools, and what a goal is given.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>Gets the arguments by parameter: a <see cref="Template"/> over the facts, or a <see cref="JsonNode"/> as it is. A parameter that is not
    /// here is given the fact of its name, where there is one.</summary>
    public IReadOnlyDictionary<string, object> Arguments { get; init; } = new Dictionary<string, object>();

    /// <summary>Gets what a call costs beside other tools of the capability, from 0, without unit: 1 for the usual one, 2 for its stand-in.</summary>
    public double Cost { get; init; } = 1;

    /// <summary>Gets what a call costs in money; it is held and booked in the task's budget.</summary>
    public Money Price { get; init; }

    /// <summary>Gets how long a call may take.</summary>
    public TimeSpan Timeout { get; init; } = CapabilityDefaults.Timeout;

    /// <summary>Gets how often a call is tried in a run, from 1, where a failure may pass; the way around is taken earlier when it is cheaper.</summary>
    public int Attempts { get; init; } = CapabilityDefaults.Attempts;

    /// <summary>Gets what a call does to the world.</summary>
    public ToolEffect Effect { get; init; }

    /// <summary>Gets what a wrong call can do.</summary>
    public ToolRisk Risk { get; init; }

    /// <summary>Gets the fact with the amount that a call moves, for the risk of it; or <see langword="null"/>.</summary>
    public string? Amount { get; init; }

    /// <summary>Gets the type that a result must have; <see cref="DataType.Any"/> when nothing is promised.</summary>
    public DataType Result { get; init; } = DataType.Any;

    /// <summary>Gets a value indicating whether an empty result (nothing, an empty text, list or object) is a failure.</summary>
    public bool IsResultPromised { get; init; }

    /// <summary>Gets the name of the tool that tells whether a call of this one took effect; it has none itself. It returns what the lost call would have returned,
    /// which then stands for it and must be of the type <see cref="Result"/>; or nothing, an empty result or <c>false</c> when the call took no effect. A check that
    /// throws tells nothing, whatever it throws.</summary>
    public string? Check { get; init; }

    /// <summary>Gets the name of the tool that takes the effect back; calling it does no harm when there is nothing to take back.</summary>
    public string? Undo { get; init; }

    /// <summary>Gets how many calls a minute its service allows, or <see langword="null"/> when that is not known.</summary>
    public int? CallsPerMinute { get; init; }
}
