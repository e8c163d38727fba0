using System.Globalization;
using AgentRouter.Configuration;
using AgentRouter.Pricing;
using AgentRouter.Routing.Evaluation;
using AgentRouter.Routing.Evaluation.Caps;
using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Cli.Commands.Route.Caps;

/// <summary>Reads the lists on the command line of <c>route caps</c>.</summary>
internal static class CapsArguments
{
    private const string Auto = "auto";
    private const string All = "all";
    private const string None = "none";
    private const decimal MostUsd = 1_000_000;
    private static readonly decimal[] CapShares = [0.1m, 0.25m, 0.5m, 0.75m, 1, 1.5m];

    /// <summary>Reads the ladder; by default the pair; empty where a rule is to choose it.</summary>
    public static IReadOnlyList<string> Ladder(string? text, string? weak, string? strong, OutcomeTable table)
    {
        if (text == Auto)
            return [];
        if (text is null)
        {
            (weak, strong) = ModelPair.Of(table, weak, strong);
            return [weak, strong];
        }

        string[] models = Names("--ladder", text);
        return models.Length == models.Distinct().Count()
            ? models
            : throw new ConfigurationException($"--ladder names a model twice in '{text}'. Each recorded run can be replayed once a task.");
    }

    /// <summary>Reads the models of the outcome-table policy; empty for those of the ladder.</summary>
    public static IReadOnlyList<string> TableModels(string? text, OutcomeTable table) => text switch
    {
        null => [],
        All => table.Models,
        _ => [.. Names("--table-models", text).Distinct()],
    };

    /// <summary>Reads the caps.</summary>
    public static IReadOnlyList<Money?> Caps(string text) =>
        [.. Names("--caps", text).Select(cap => cap == None ? (Money?)null : Amount("--caps", cap))];

    /// <summary>Makes the caps where none are named: shares of what the dearest model costs on average, to two digits, and none.</summary>
    /// <param name="table">The table.</param>
    /// <param name="models">The models to choose from; empty for all.</param>
    public static IReadOnlyList<Money?> DefaultCaps(OutcomeTable table, IReadOnlyList<string> models)
    {
        decimal dearest = (models.Count > 0 ? models : table.Models).Max(model => table.Rows
            .Select(row => row.Models.GetValueOrDefault(model)?.Cost?.ToUsd()).OfType<decimal>().DefaultIfEmpty().Average());
        return [.. CapShares.Select(share => (Money?)Money.FromUsd(TwoDigits(share * dearest))).Where(cap => cap > Money.Zero).Distinct(), null];
    }

    /// <summary>Reads the verifier's rates of error.</summary>
    public static CapVerifier Verifier(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        return parts.Length == 2 && Rate(parts[0]) is { } accept && Rate(parts[1]) is { } reject
            ? new CapVerifier(accept, reject)
            : throw new ConfigurationException($"--verifier takes two rates between 0 and 1: how often a wrong result is accepted and a right one rejected, such as 0.2,0.1; '{text}' is not that.");
    }

    /// <summary>Reads an amount of money from 0.</summary>
    public static Money Amount(string option, string text) =>
        decimal.TryParse(text.TrimStart('$'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal usd)
            && usd <= MostUsd && usd * Money.PicodollarsPerUsd % 1 == 0
            ? Money.FromUsd(usd)
            : throw new ConfigurationException($"{option} takes amounts in US dollars such as 0.25; '{text}' is none.");

    private static decimal TwoDigits(decimal usd)
    {
        decimal unit = 1;
        while (usd > 0 && usd < 10 * unit && unit > 1e-9m)
            unit /= 10;
        return Math.Round(usd / unit) * unit;
    }

    private static double? Rate(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double rate) && rate is >= 0 and <= 1 ? rate : null;

    private static string[] Names(string option, string text)
    {
        string[] names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length > 0 ? names : throw new ConfigurationException($"{option} is a list with commas between; '{text}' holds nothing.");
    }
}
