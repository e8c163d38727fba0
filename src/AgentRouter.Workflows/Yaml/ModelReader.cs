using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Pricing;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads models. What an entry does not say comes from the price table, where the model is in it.</summary>
internal sealed class ModelReader(YamlFile file, PriceTable prices, IReadOnlyDictionary<string, ProviderSettings> providers)
{
    private const long MostTokens = 1_000_000_000;

    private static readonly Dictionary<string, ModelCapabilities> Capabilities = new()
    {
        ["tools"] = ModelCapabilities.Tools,
        ["vision"] = ModelCapabilities.Vision,
        ["json"] = ModelCapabilities.Json,
    };

    public IReadOnlyList<ModelProfile> Read(MapReader? map)
    {
        List<ModelProfile> models = [];
        foreach ((string name, YamlNode key, YamlNode value) in map?.All() ?? [])
            models.Add(One(new MapReader(file, value, $"model '{name}'", key), name));
        return models;
    }

    private ModelProfile One(MapReader map, string name)
    {
        string? provider = map.RequiredText("provider", "provider: NAME, one of 'providers'");
        if (provider is not null && !providers.ContainsKey(provider))
            file.Unknown(map.Find("provider")!, $"There is no provider '{provider}' in 'providers'.", provider, providers.Keys);
        string modelId = map.Text("modelId") ?? name;
        PriceTableEntry? known = prices.Find(modelId) ?? prices.Find(name);
        var model = new ModelProfile
        {
            Name = name,
            Tier = map.RequiredText("tier", "tier: small or large, one of 'tiers'") ?? "",
            Provider = provider ?? "",
            ModelId = modelId,
            Prices = Price(map, name, known) ?? ModelPrices.Free,
        };
        model = WithLimits(map, model, known);
        map.Finish();
        return model;
    }

    private ModelProfile WithLimits(MapReader map, ModelProfile model, PriceTableEntry? known) => model with
    {
        ContextWindow = map.Integer("contextWindow", 1, MostTokens) ?? known?.ContextWindow ?? model.ContextWindow,
        MaxOutputTokens = (int?)map.Integer("maxOutputTokens", 1, MostTokens) ?? known?.MaxOutputTokens ?? model.MaxOutputTokens,
        Capabilities = ReadCapabilities(map) ?? known?.Capabilities ?? model.Capabilities,
        Strengths = ReadStrengths(map.Map("strengths")) ?? model.Strengths,
        CacheTimeToLive = map.Duration("cacheTimeToLive") ?? known?.CacheTimeToLive ?? model.CacheTimeToLive,
        CacheMinimumTokens = (int?)map.Integer("cacheMinimumTokens", 0, MostTokens) ?? known?.CacheMinimumTokens ?? model.CacheMinimumTokens,
        Tokenizer = map.Text("tokenizer") ?? known?.Tokenizer ?? model.Tokenizer,
    };

    private ModelPrices? Price(MapReader map, string name, PriceTableEntry? known)
    {
        switch (map.Find("price"))
        {
            case null when known is not null:
                return known.Prices;
            case null:
                file.Error(map.Name, $"Nothing is known of the price of model '{name}'.", $"Add price: {{ input: …, output: … }} in USD per million tokens under models.{name} in {file.Name}, or price: free for a model that costs nothing.");
                return null;
            case YamlScalarNode { Value: "free" }:
                return ModelPrices.Free;
            case YamlScalarNode scalar:
                file.Error(scalar, $"{MapReader.Capital(map.Of("price"))} should be free or a mapping, but is {YamlFile.Shown(scalar)}.", "Write price: { input: 2.5, output: 10 }, in USD per million tokens.");
                return null;
            default:
                return Price(map.Map("price")!);
        }
    }

    private static ModelPrices? Price(MapReader map)
    {
        decimal? input = map.Require("input", "input: USD per million tokens") is null ? null : Amount(map, "input");
        decimal? output = map.Require("output", "output: USD per million tokens") is null ? null : Amount(map, "output");
        decimal? cachedRead = Amount(map, "cachedRead");
        decimal? cacheWrite = Amount(map, "cacheWrite");
        map.Finish();
        return input is { } fresh && output is { } produced ? new ModelPrices(fresh, produced, cachedRead, cacheWrite) : null;
    }

    /// <summary>Reads USD per million tokens.</summary>
    public static decimal? Amount(MapReader map, string key)
    {
        if (map.Number(key, 0, 1_000_000) is not { } price)
            return null;
        if (price * 1_000_000 == decimal.Truncate(price * 1_000_000))
            return price;
        map.File.Error(map.Find(key)!, $"{MapReader.Capital(map.Of(key))} has at most six decimals.");
        return null;
    }

    private ModelCapabilities? ReadCapabilities(MapReader map)
    {
        if (map.Texts("capabilities") is not { } words)
            return null;
        var capabilities = ModelCapabilities.None;
        foreach (string word in words)
        {
            if (Capabilities.TryGetValue(word, out ModelCapabilities one))
                capabilities |= one;
            else
                file.Unknown(map.Find("capabilities")!, $"There is no capability '{word}'.", word, Capabilities.Keys);
        }

        return capabilities;
    }

    private static ModelStrengths? ReadStrengths(MapReader? map)
    {
        if (map is null)
            return null;
        var strengths = new ModelStrengths
        {
            Reasoning = (double?)map.Number("reasoning", 0, 1),
            Code = (double?)map.Number("code", 0, 1),
            Debugging = (double?)map.Number("debugging", 0, 1),
            Tools = (double?)map.Number("tools", 0, 1),
        };
        map.Finish();
        return strengths;
    }
}
