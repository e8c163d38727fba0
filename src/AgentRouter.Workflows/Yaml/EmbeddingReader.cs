using AgentRouter.Configuration;
using AgentRouter.Models;
using AgentRouter.Pricing;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads what makes vectors: <c>local: { onnx: FOLDER }</c>, or <c>hosted: { provider: NAME, model: ID, price: { input: 0.02 } }</c>.</summary>
/// <remarks>What costs money has a price, always: only what runs on this machine is free without saying so.</remarks>
internal sealed class EmbeddingReader(YamlFile file, IReadOnlyDictionary<string, ProviderSettings> providers)
{
    private const int LongestPrefix = 1_000;
    private const string OnnxKey = OnnxSettings.FolderKey;
    private const string ProviderKey = "provider";

    // what only one of them has
    private static readonly string[] OfFolder = [OnnxSettings.DeviceKey, OnnxSettings.MaxTokensKey];
    private static readonly string[] OfProvider = ["model", "dimensions", "price"];

    // the kinds of provider that serve vectors, and those of them whose models cost nothing where they run on this machine
    private static readonly string[] Kinds = ["openai", "ollama", "scripted"];
    private static readonly string[] FreeHere = ["ollama", "scripted"];

    public IReadOnlyDictionary<string, EmbeddingProfile> Read(MapReader? map)
    {
        var profiles = new Dictionary<string, EmbeddingProfile>();
        foreach ((string name, YamlNode key, YamlNode value) in map?.All() ?? [])
            profiles[name] = One(new MapReader(file, value, $"embeddings '{name}'", key), name);
        return profiles;
    }

    private EmbeddingProfile One(MapReader map, string name)
    {
        bool isOfFolder = map.Has(OnnxKey);
        if (isOfFolder == map.Has(ProviderKey))
            file.Error(map.Name, $"{MapReader.Capital(map.What)} has either 'onnx', a folder with a model, or 'provider', one of 'providers'.");
        (string[] others, string of) = isOfFolder ? (OfProvider, ProviderKey) : (OfFolder, OnnxKey);
        foreach (string key in others.Where(map.Has))
            file.Error(map.Find(key) ?? map.Name, $"{MapReader.Capital(map.Of(key))} is for embeddings with '{of}'.");
        ProviderSettings? settings = Provider(map);
        var profile = new EmbeddingProfile
        {
            Name = name,
            Onnx = OnnxSettings.Folder(map),
            Device = OnnxSettings.Device(map),
            MaxTokens = OnnxSettings.MaxTokens(map),
            Provider = settings?.Name,
            ModelId = (settings is null ? map.Text("model") : map.RequiredText("model", "model: the model's id at the provider")) ?? "",
            Dimensions = (int?)map.Integer("dimensions", 1, EmbeddingProfile.MaxDimensions),
            Prices = Price(map, settings) ?? ModelPrices.Free,
            SkillPrefix = Prefix(map, "skillPrefix"),
            TaskPrefix = Prefix(map, "taskPrefix"),
            Batch = (int?)map.Integer("batch", 1, EmbeddingProfile.MaxBatch) ?? EmbeddingProfile.DefaultBatch,
        };
        map.Finish();
        return profile;
    }

    private ProviderSettings? Provider(MapReader map)
    {
        if (map.Text(ProviderKey) is not { } provider)
            return null;
        if (!providers.TryGetValue(provider, out ProviderSettings? settings))
            file.Unknown(map.Find(ProviderKey)!, $"There is no provider '{provider}' in 'providers'.", provider, providers.Keys);
        else if (settings.Kind.Length > 0 && !Kinds.Contains(settings.Kind))
            file.Error(map.Find(ProviderKey)!, $"Provider '{provider}' is of kind {settings.Kind}, which serves no embeddings.", $"Name a provider of kind {string.Join(", ", Kinds)}, or a folder with an ONNX model: onnx: FOLDER.");
        return settings;
    }

    private string? Prefix(MapReader map, string key)
    {
        string? prefix = map.Text(key);
        if (prefix is { Length: > LongestPrefix })
            file.Error(map.Find(key)!, $"{MapReader.Capital(map.Of(key))} is longer than {LongestPrefix} characters.");
        return prefix;
    }

    private ModelPrices? Price(MapReader map, ProviderSettings? settings)
    {
        switch (map.Find("price"))
        {
            case null when settings is null || IsFree(settings):
                return ModelPrices.Free;
            case null:
                file.Error(map.Name, $"Nothing is known of the price of {map.What}.", "Add price: { input: … } in USD per million tokens, or price: free for a model that costs nothing.");
                return null;
            case YamlScalarNode { Value: "free" }:
                return ModelPrices.Free;
            case YamlScalarNode scalar:
                file.Error(scalar, $"{MapReader.Capital(map.Of("price"))} should be free or a mapping, but is {YamlFile.Shown(scalar)}.", "Write price: { input: 0.02 }, in USD per million tokens.");
                return null;
            default:
                return Price(map.Map("price")!);
        }
    }

    private static ModelPrices? Price(MapReader map)
    {
        decimal? input = map.Require("input", "input: USD per million tokens") is null ? null : ModelReader.Amount(map, "input");
        map.Finish();
        return input is { } fresh ? new ModelPrices(fresh, output: 0) : null;
    }

    // an address elsewhere may be anybody's service
    private static bool IsFree(ProviderSettings settings) => FreeHere.Contains(settings.Kind) && (settings.BaseUrl is null || settings.BaseUrl.IsLoopback);
}
