using System.Text.Json;
using AgentRouter.Routing.PolicyFiles;

namespace AgentRouter.Routing.Policies.Cascade;

/// <summary>The state file of a cascade: what it knows of each rung, one a line.</summary>
internal static class CascadeStateFile
{
    private const decimal MaxUsd = 1_000_000;
    private const long MostCalls = 1_000_000_000_000;

    private static readonly StateFormat<RungRecord> Format = new()
    {
        Policy = CascadeDefaults.Name,
        Version = 1,
        Items = "rungs",
        Needs = "a model, again, no more passed than verified, visits, calls and the costs of visits",
        Read = Rung,
        Write = record => new
        {
            model = record.Key.Name,
            again = record.Key.IsAgain,
            passed = record.Passed,
            verified = record.Verified,
            visits = record.Visits,
            calls = record.Calls,
            costsUsd = record.Costs.Select(cost => cost.ToUsd()),
        },
    };

    /// <summary>Opens a file, which need not be there.</summary>
    /// <param name="path">The file; <see langword="null"/> keeps nothing.</param>
    public static PolicyState<RungRecord> Open(string? path) => new(Format, path);

    private static RungRecord? Rung(JsonElement rung) =>
        rung.Text("model") is { } model && rung.TryGetProperty("again", out JsonElement again) && again.ValueKind is JsonValueKind.True or JsonValueKind.False
        && rung.Count("verified", CascadeDefaults.KeptChecks) is { } verified && rung.Count("passed", verified) is { } passed
        && rung.Count("visits", MostCalls) is { } visits && rung.Count("calls", MostCalls) is { } calls
        && rung.Amounts("costsUsd", CascadeDefaults.KeptCosts, MaxUsd) is { } costs
            ? RungRecord.Restore(new RungKey(model, again.GetBoolean()), costs, passed, verified, visits, calls)
            : null;
}
