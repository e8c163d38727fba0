using System.Globalization;
using AgentRouter.Budgets;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Validation;

/// <summary>Checks budgets: every limit is above zero, and the parts are not more than the whole.</summary>
internal static class BudgetCheck
{
    private const decimal MostReserve = 0.5m;

    public static void Run(WorkflowChecks checks)
    {
        if (checks.Workflow.Budget is not { } budget)
            return;
        SourceLocation location = checks.Sources.Locate(budget, checks.Workflow.Location);
        Limits(checks.Diagnostics, checks.Sources, budget, location);
    }

    public static void Grants(WorkflowChecks checks, NodeDefinition node, IReadOnlyList<Budget> grants)
    {
        foreach (Budget grant in grants)
            Positive(checks.Diagnostics, checks.Sources, grant, checks.Sources.Locate(grant, node.Location));
        if (grants.Count == 0 || (checks.Workflow.Budget ?? checks.Options.Configuration?.DefaultBudget) is not { } budget)
            return;
        foreach ((string key, decimal? limit) in All(budget))
        {
            decimal sum = grants.Sum(grant => All(grant).First(each => each.Key == key).Value ?? 0);
            decimal kept = Kept(budget, key, limit);
            bool isMore = key == "time" ? grants.Any(grant => grant.Time > budget.Time) : sum > limit - kept;
            if (isMore)
                checks.Diagnostics.Error(checks.Sources.Locate(grants[0], node.Location, key), string.Create(CultureInfo.InvariantCulture, $"The grants of node '{node.Name}' are more than the budget: {key} {(key == "time" ? grants.Max(grant => grant.Time) : sum)} of {(key == "time" ? budget.Time : limit)}{(kept > 0 ? string.Create(CultureInfo.InvariantCulture, $", of which {kept:0.############} is kept for the last answer") : "")}."));
        }
    }

    // What an enforced budget that wraps up never gives away; the ledger keeps the same.
    private static decimal Kept(Budget budget, string key, decimal? limit)
    {
        if (budget is not { Mode: BudgetMode.Enforce, OnExceeded: OnExceeded.WrapUp } || limit is not > 0 || budget.ReserveForWrapUp is not (> 0 and <= MostReserve))
            return 0;
        return key switch
        {
            "usd" => limit.Value * budget.ReserveForWrapUp,
            "tokens" => Math.Floor(limit.Value * budget.ReserveForWrapUp),
            "calls" or "steps" when limit > 1 => Math.Max(1, Math.Floor(limit.Value * budget.ReserveForWrapUp)),
            _ => 0,
        };
    }

    /// <summary>Checks a budget by itself.</summary>
    public static void Limits(DiagnosticBag diagnostics, SourceMap sources, Budget budget, SourceLocation location)
    {
        Positive(diagnostics, sources, budget, location);
        if (budget.ReserveForWrapUp is < 0 or > MostReserve)
            diagnostics.Error(sources.Locate(budget, location, "reserveForWrapUp"), "'reserveForWrapUp' is between 0% and 50% of the budget.");
        if (budget.Mode == BudgetMode.Enforce && All(budget).All(limit => limit.Value is null))
            diagnostics.Warning(location, "The budget sets no limit, so nothing is enforced.", "Add usd, tokens, calls, steps or time.");
    }

    private static void Positive(DiagnosticBag diagnostics, SourceMap sources, Budget budget, SourceLocation location)
    {
        foreach ((string key, decimal? limit) in All(budget).Where(each => each.Value <= 0))
            diagnostics.Error(sources.Locate(budget, location, key), string.Create(CultureInfo.InvariantCulture, $"A budget's limit is above zero, but {key} is {limit}."), "Leave it out for no limit.");
    }

    private static IEnumerable<(string Key, decimal? Value)> All(Budget budget) =>
    [
        ("usd", budget.Usd), ("tokens", budget.Tokens), ("calls", budget.Calls), ("steps", budget.Steps), ("time", (decimal?)budget.Time?.TotalSeconds),
    ];
}
