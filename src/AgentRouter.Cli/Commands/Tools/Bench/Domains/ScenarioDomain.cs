using System.Text.Json.Nodes;
using AgentRouter.Cli.Commands.Tools.Bench.Systems.Playbooks;
using AgentRouter.Cli.Commands.Tools.Bench.Worlds;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Monitors;

namespace AgentRouter.Cli.Commands.Tools.Bench.Domains;

/// <summary>A kind of work: its services, and what the systems know of them.</summary>
internal abstract class ScenarioDomain
{
    private const string Desk = "desk";

    /// <summary>What may be moved without a person's word, in dollars.</summary>
    protected const decimal Limit = 10_000;

    /// <summary>Gets what is to be done, in words.</summary>
    public abstract string Task { get; }

    /// <summary>Gets what is known at the start; another object each time.</summary>
    public abstract JsonObject Facts { get; }

    /// <summary>Gets the tools as the user of a healer writes them down.</summary>
    public abstract CapabilityGraph Graph { get; }

    /// <summary>Gets the goal, with its lesser goals.</summary>
    public abstract CapabilityGoal Goal { get; }

    /// <summary>Gets what looks at each call of the healer.</summary>
    public virtual IReadOnlyList<IToolMonitor> Monitors => ToolMonitor.Defaults();

    /// <summary>Gets how it is done step by step, for the systems that have no graph.</summary>
    public abstract Playbook Playbook { get; }

    /// <summary>Opens the services.</summary>
    public abstract void Open(World world);

    /// <summary>Makes a tool that only looks.</summary>
    protected static CapabilityTool Look(string name, string provides, string needs, double cost = 1) => Act(name, provides, needs, cost) with { Effect = ToolEffect.None };

    /// <summary>Makes a tool that takes effect each time it is called.</summary>
    protected static CapabilityTool Act(string name, string provides, string needs, double cost = 1) => new()
    {
        Name = name,
        Provides = [provides],
        Needs = needs.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Cost = cost,
    };

    /// <summary>Makes the tool that opens a ticket for a person.</summary>
    protected static CapabilityTool Ticket(string topic, string provides, string needs = "") => Act("desk_" + topic, provides, needs) with
    {
        Tool = Desk,
        Arguments = new Dictionary<string, object> { ["topic"] = topic },
    };

    /// <summary>Makes the call that opens a ticket for a person.</summary>
    protected static EndingCall Ticket(string topic) => new(Desk, new JsonObject { ["topic"] = topic });

    /// <summary>Opens the desk where people take tickets.</summary>
    protected static void OpenDesk(World world) => world.Open(Desk, (string topic) =>
    {
        world.Did(Desk, TicketOf(topic));
        return topic;
    });

    /// <summary>Gets what a ticket leaves in the log.</summary>
    protected static string TicketOf(string topic) => $"ticket: {topic}";
}
