using System.Globalization;
using AgentRouter.Configuration;
using AgentRouter.Routing.Agreement;

namespace AgentRouter.Routing.Policies.Cascade;

/// <summary>Reads the policy's options as a workflow file sets them.</summary>
internal static class CascadeSettings
{
    private const string Ladder = "ladder";
    private const string SuccessValue = "successValue";
    private const string State = "state";
    private const string Samples = "samples";
    private const string Agreement = "agreement";

    /// <summary>Gets the settings the policy takes.</summary>
    public static IReadOnlyList<string> Names { get; } = [Ladder, SuccessValue, State, Samples, Agreement];

    /// <summary>Reads the options.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="statePath">The state file, or <see langword="null"/>.</param>
    /// <exception cref="ConfigurationException">A setting is not a number where it should be, or one lacks another.</exception>
    public static CascadePolicyOptions Read(PolicySettings settings, string? statePath)
    {
        var options = new CascadePolicyOptions { StatePath = statePath };
        if (settings.Values.TryGetValue(Ladder, out string? ladder))
        {
            foreach (string rung in ladder.Split(',', StringSplitOptions.TrimEntries))
                options.Ladder.Add(rung);
        }

        if (settings.Values.TryGetValue(SuccessValue, out string? value))
        {
            options.SuccessValueUsd = decimal.TryParse(value.TrimStart('$'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal usd)
                ? usd
                : throw new ConfigurationException($"The setting '{SuccessValue}' is an amount in US dollars such as 2.50, not '{value}'.");
        }

        int? samples = Whole(settings, Samples), agreement = Whole(settings, Agreement);
        if (samples is null && agreement is not null)
            throw new ConfigurationException($"The setting '{Agreement}' says how many samples must agree: set '{Samples}' too, such as samples: 3.");
        if (samples is { } count)
            options.Agreement = new AgreementOptions { Samples = count, Agreement = agreement ?? AgreementDefaults.Agreement, CheapTier = options.Ladder.FirstOrDefault() };
        return options;
    }

    private static int? Whole(PolicySettings settings, string key)
    {
        if (!settings.Values.TryGetValue(key, out string? text))
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new ConfigurationException($"The setting '{key}' is a whole number, not '{text}'.");
    }
}
