using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Pricing;

namespace AgentRouter.Providers.Scripted;

/// <summary>The configuration that is used when no provider is configured: two scripted models with prices as real ones have.</summary>
public static class ScriptedConfiguration
{
    /// <summary>The name and kind of the scripted provider.</summary>
    public const string ProviderName = "scripted";

    /// <summary>Makes the configuration of tiers <c>small</c> and <c>large</c>, one model each, that answer from a script.</summary>
    /// <param name="scriptFile">The script's path.</param>
    public static RouterConfiguration ForScript(string scriptFile)
    {
        ArgumentNullException.ThrowIfNull(scriptFile);
        return new RouterConfiguration
        {
            Providers = new Dictionary<string, ProviderSettings>
            {
                [ProviderName] = new() { Name = ProviderName, Kind = ProviderName, Script = Path.GetFullPath(scriptFile) },
            },
            Tiers = ["small", "large"],
            Models =
            [
                Model("scripted-small", "small", new ModelPrices(input: 0.10m, output: 0.40m, cachedRead: 0.025m)),
                Model("scripted-large", "large", new ModelPrices(input: 2.00m, output: 8.00m, cachedRead: 0.50m)),
            ],
        };
    }

    private static ModelProfile Model(string name, string tier, ModelPrices prices) => new()
    {
        Name = name,
        Tier = tier,
        Prices = prices,
        Provider = ProviderName,
        ContextWindow = 128_000,
        MaxOutputTokens = 4_096,
        CacheTimeToLive = TimeSpan.FromMinutes(5),
        Tokenizer = ProviderName,
    };
}
