using System.Globalization;
using AgentRouter.Models;
using AgentRouter.Yaml;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Pricing;

/// <summary>Reads a price table from YAML.</summary>
internal sealed class PriceTableReader
{
    private const long MaxTokens = 100_000_000;
    private const decimal MaxPrice = 1_000_000;

    private static readonly string[] FileKeys = ["asOf", "sources", "models"];
    private static readonly string[] PriceKeys = ["input", "cachedRead", "cacheWrite", "output"];
    private static readonly string[] EntryKeys =
        ["vendor", .. PriceKeys, "contextWindow", "maxOutputTokens", "capabilities", "cacheTimeToLive", "cacheMinimumTokens", "tokenizer"];

    private readonly YamlReader _yaml;
    private readonly PriceTable? _shipped;
    private readonly Dictionary<string, string> _sources = [];
    private readonly Dictionary<string, PriceTableEntry> _entries = [];

    private PriceTableReader(YamlReader yaml, PriceTable? shipped)
    {
        _yaml = yaml;
        _shipped = shipped;
        foreach (PriceTableEntry entry in shipped?.Entries ?? [])
            _entries.Add(entry.ModelId, entry);
        foreach ((string vendor, string source) in shipped?.Sources ?? _sources)
            _sources[vendor] = source;
    }

    public static PriceTable Read(string text, string file, PriceTable? shipped)
    {
        var yaml = new YamlReader(file);
        return new PriceTableReader(yaml, shipped).ReadTable(yaml.Parse(text));
    }

    private PriceTable ReadTable(YamlMappingNode root)
    {
        DateOnly? asOf = _shipped?.AsOf;
        bool hasModels = false;
        foreach ((string key, YamlNode value) in _yaml.Entries(root, "a price file", FileKeys))
        {
            switch (key)
            {
                case "asOf":
                    asOf = Date(value);
                    break;
                case "sources":
                    foreach ((string vendor, YamlNode source) in _yaml.Entries(value, "sources"))
                        _sources[vendor] = _yaml.Text(source, $"the source of {vendor}");
                    break;
                default:
                    hasModels = true;
                    foreach ((string modelId, YamlNode model) in _yaml.Entries(value, "models"))
                        _entries[modelId] = ReadEntry(modelId, model);
                    break;
            }
        }

        if (!hasModels)
            _yaml.Report(root, "the file has no 'models'; add models: { MODEL-ID: { input: 1.25, output: 10 } }.");
        if (asOf is null)
            _yaml.Report(root, "the file has no 'asOf'; add the day the prices were looked up, as in asOf: 2026-01-31.");
        _yaml.ThrowIfWrong();
        return new PriceTable(asOf!.Value, _sources, _entries);
    }

    private PriceTableEntry ReadEntry(string modelId, YamlNode node)
    {
        PriceTableEntry? known = _entries.GetValueOrDefault(modelId);
        PriceTableEntry entry = (known ?? new() { ModelId = modelId, Prices = ModelPrices.Free }) with { Location = _yaml.At(node) };
        var prices = new Dictionary<string, decimal>();
        foreach ((string key, YamlNode value) in _yaml.Entries(node, $"model '{modelId}'", EntryKeys))
        {
            string what = $"{key} of model '{modelId}'";
            if (PriceKeys.Contains(key))
                prices[key] = Price(value, what);
            else
                entry = With(entry, key, value, what);
        }

        return entry with { Prices = Prices(modelId, node, prices, known) };
    }

    private PriceTableEntry With(PriceTableEntry entry, string key, YamlNode value, string what) => key switch
    {
        "vendor" => entry with { Vendor = _yaml.Text(value, what) },
        "contextWindow" => entry with { ContextWindow = _yaml.Integer(value, what, 1, MaxTokens) },
        "maxOutputTokens" => entry with { MaxOutputTokens = (int)_yaml.Integer(value, what, 1, MaxTokens) },
        "cacheMinimumTokens" => entry with { CacheMinimumTokens = (int)_yaml.Integer(value, what, 0, MaxTokens) },
        "cacheTimeToLive" => entry with { CacheTimeToLive = _yaml.Duration(value, what) },
        "tokenizer" => entry with { Tokenizer = _yaml.Text(value, what) },
        _ => entry with { Capabilities = Capabilities(value, what) },
    };

    private ModelPrices Prices(string modelId, YamlNode node, Dictionary<string, decimal> named, PriceTableEntry? known)
    {
        foreach (string needed in new[] { "input", "output" })
        {
            if (known is null && !named.ContainsKey(needed) && node is YamlMappingNode)
                _yaml.Report(node, $"model '{modelId}' has no '{needed}' price; add it in USD per million tokens (0 when the model is free).");
        }

        decimal input = named.GetValueOrDefault("input", known?.Prices.Input ?? 0);
        return new ModelPrices(
            input,
            named.GetValueOrDefault("output", known?.Prices.Output ?? 0),
            named.GetValueOrDefault("cachedRead", known?.Prices.CachedRead ?? input),
            named.GetValueOrDefault("cacheWrite", known?.Prices.CacheWrite ?? input));
    }

    private decimal Price(YamlNode node, string what)
    {
        const NumberStyles plainDecimal = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        if (node is not YamlScalarNode { Value: { } text } || !decimal.TryParse(text, plainDecimal, CultureInfo.InvariantCulture, out decimal price))
            _yaml.Report(node, $"{what} must be a number of USD per million tokens, but is {YamlReader.Shown(node)}.");
        else if (price is < 0 or > MaxPrice)
            _yaml.Report(node, $"{what} must be from 0 to {MaxPrice:N0} USD per million tokens, but is {text}.");
        else if (price * 1_000_000 != decimal.Truncate(price * 1_000_000))
            _yaml.Report(node, $"{what} may have at most six decimals, but is {text}.");
        else
            return price;
        return 0;
    }

    private DateOnly? Date(YamlNode node)
    {
        if (DateOnly.TryParseExact(_yaml.Text(node, "asOf"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
            return date;
        _yaml.Report(node, $"asOf must be a day such as 2026-01-31, but is {YamlReader.Shown(node)}.");
        return DateOnly.MinValue;
    }

    private ModelCapabilities Capabilities(YamlNode node, string what)
    {
        var capabilities = ModelCapabilities.None;
        foreach (YamlNode item in YamlReader.Items(node))
        {
            string name = _yaml.Text(item, what);
            ModelCapabilities one = name switch
            {
                "tools" => ModelCapabilities.Tools,
                "vision" => ModelCapabilities.Vision,
                "json" => ModelCapabilities.Json,
                _ => ModelCapabilities.None,
            };
            if (one == ModelCapabilities.None)
                _yaml.Report(item, $"{what} are tools, vision and json, but one is {YamlReader.Shown(item)}.");
            capabilities |= one;
        }

        return capabilities;
    }
}
