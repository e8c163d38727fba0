using System.Globalization;
using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Suggestions;

namespace AgentRouter.Routing.Policies.Capability;

/// <summary>Reads the policy's options as a workflow file sets them.</summary>
internal static class CapabilitySettings
{
    private const string Tau = "tau";
    private const string Weights = "weights";
    private const string File = "file";

    /// <summary>Gets the settings the policy takes.</summary>
    public static IReadOnlyList<string> Names { get; } = [Tau, Weights, File];

    /// <summary>Reads the options.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="file">The policy file's path, from the folder it starts at.</param>
    /// <exception cref="ConfigurationException">A setting is not a number, or names no strength.</exception>
    public static CapabilityPolicyOptions Read(PolicySettings settings, string? file)
    {
        var options = new CapabilityPolicyOptions { File = file };
        if (settings.Values.TryGetValue(Tau, out string? tau))
            options.Tau = Number(tau) ?? throw new ConfigurationException($"The setting '{Tau}' is a number from 0 to 1, not '{tau}'.");
        foreach (string pair in settings.Values.GetValueOrDefault(Weights)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            int at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at < 0 || Number(pair[(at + 1)..]) is not { } weight)
                throw new ConfigurationException($"The setting '{Weights}' has a number from 0 for each strength, such as {{ code: 2, tools: 0.5 }}, not '{pair}'.");
            options.Weights[Named(pair[..at].Trim())] = weight;
        }

        return options;
    }

    private static Strength Named(string name)
    {
        foreach (Strength strength in Enum.GetValues<Strength>())
        {
            if (StrengthNames.Of(strength) == name)
                return strength;
        }

        throw new ConfigurationException($"There is no strength '{name}'. {Suggestion.Sentence(name, StrengthNames.All)}");
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
}
