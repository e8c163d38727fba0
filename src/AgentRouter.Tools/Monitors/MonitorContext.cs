using System.Text.Json.Nodes;
using AgentRouter.Budgets;
using AgentRouter.Tools.Capabilities;
using AgentRouter.Tools.Health;

namespace AgentRouter.Tools.Monitors;

/// <summary>What monitors see before a call.</summary>
/// <param name="Goal">The goal.</param>
/// <param name="Tool">The tool that is to be called.</param>
/// <param name="Arguments">Its arguments. Not to be changed.</param>
public sealed record MonitorContext(CapabilityGoal Goal, CapabilityTool Tool, JsonObject Arguments)
{
    /// <summary>Gets the graph.</summary>
    public required CapabilityGraph Graph { get; init; }

    /// <summary>Gets the tool's health.</summary>
    public required ToolHealth Health { get; init; }

    /// <summary>Gets the amount that the call moves, where the graph says which fact it is and the fact is a number.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Gets what the user wants in words, or <see langword="null"/>.</summary>
    public string? Intent { get; init; }

    /// <summary>Gets how many calls ended since the last capability was satisfied.</summary>
    public int CallsWithoutProgress { get; init; }

    /// <summary>Gets the task's ledger, or <see langword="null"/>.</summary>
    public BudgetLedger? Ledger { get; init; }
}
