using AgentRouter.Budgets;
using AgentRouter.Pricing;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads budgets above runs: <c>anna: { usd: 5, per: day }</c>.</summary>
internal static class AccountReader
{
    private const decimal MostUsd = 1_000_000;
    private const int MostName = 100;

    private static readonly Dictionary<string, SpendingPeriod> Periods = new()
    {
        ["day"] = SpendingPeriod.Day,
        ["month"] = SpendingPeriod.Month,
    };

    public static IReadOnlyDictionary<string, SpendingAccount> Read(MapReader? map)
    {
        var accounts = new Dictionary<string, SpendingAccount>();
        foreach ((string name, YamlNode key, YamlNode value) in map?.All() ?? [])
        {
            if (string.IsNullOrWhiteSpace(name) || name.Length > MostName)
                map!.File.Error(key, $"The name of an account is between 1 and {MostName} characters.");
            accounts[name] = One(new MapReader(map!.File, value, $"account '{name}'", key), name);
        }

        return accounts;
    }

    private static SpendingAccount One(MapReader map, string name)
    {
        Money limit = map.Require("usd", "usd: the most that its runs may spend, in US dollars") is { } written ? Limit(map, written) : Money.Zero;
        var account = new SpendingAccount(name, map.Choice("per", Periods) ?? SpendingPeriod.None, limit);
        map.Finish();
        return account;
    }

    private static Money Limit(MapReader map, YamlNode written)
    {
        if (map.Number("usd", -MostUsd, MostUsd) is not { } usd)
            return Money.Zero;
        if (usd > 0 && usd * Money.PicodollarsPerUsd % 1 == 0)
            return Money.FromUsd(usd);
        map.File.Error(written, usd > 0
            ? $"{MapReader.Capital(map.Of("usd"))} has at most twelve decimals."
            : $"{MapReader.Capital(map.Of("usd"))} should be above zero, but is {YamlFile.Shown(written)}.");
        return Money.Zero;
    }
}
