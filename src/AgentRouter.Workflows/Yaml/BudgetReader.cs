using AgentRouter.Budgets;
using AgentRouter.Workflows.Validation;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads budgets and grants. Their limits are checked by <see cref="BudgetCheck"/>.</summary>
internal static class BudgetReader
{
    private static readonly Dictionary<string, BudgetMode> Modes = new()
    {
        ["enforce"] = BudgetMode.Enforce,
        ["advise"] = BudgetMode.Advise,
        ["audit"] = BudgetMode.Audit,
    };

    private static readonly Dictionary<string, OnExceeded> Reactions = new()
    {
        ["wrapUp"] = OnExceeded.WrapUp,
        ["degrade"] = OnExceeded.Degrade,
        ["ask"] = OnExceeded.Ask,
        ["stop"] = OnExceeded.Stop,
    };

    public static Budget? Read(MapReader? map, SourceMap sources)
    {
        if (map is null)
            return null;
        Budget budget = Limits(map) with
        {
            Mode = map.Choice("mode", Modes) ?? BudgetMode.Enforce,
            OnExceeded = map.Choice("onExceeded", Reactions) ?? OnExceeded.WrapUp,
        };
        if (map.Find("reserveForWrapUp") is { } share && Values.Share(map.File, share, map.Of("reserveForWrapUp")) is { } reserve)
            budget = budget with { ReserveForWrapUp = reserve };
        map.Finish();
        return sources.Attach(budget, map.File, map.Node);
    }

    /// <summary>Reads the part of a budget that a branch or nested workflow gets: limits only.</summary>
    public static Budget? ReadGrant(MapReader? map, SourceMap sources)
    {
        if (map is null)
            return null;
        Budget grant = Limits(map);
        map.Finish();
        return sources.Attach(grant, map.File, map.Node);
    }

    private static Budget Limits(MapReader map) => new()
    {
        Usd = map.Number("usd", -1_000_000, 1_000_000),
        Tokens = map.Integer("tokens", long.MinValue, long.MaxValue),
        Calls = map.Integer("calls", long.MinValue, long.MaxValue),
        Steps = map.Integer("steps", long.MinValue, long.MaxValue),
        Time = map.Duration("time"),
    };
}
