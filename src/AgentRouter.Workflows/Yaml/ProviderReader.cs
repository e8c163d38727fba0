using System.Text.RegularExpressions;
using AgentRouter.Configuration;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads who serves models. A key is never written in a file: <c>apiKey</c> names where it is.</summary>
internal static partial class ProviderReader
{
    private const int LongWord = 30;

    private static readonly string[] Kinds = ["openai", "anthropic", "ollama", "scripted"];

    public static IReadOnlyDictionary<string, ProviderSettings> Read(MapReader? map)
    {
        var providers = new Dictionary<string, ProviderSettings>();
        foreach ((string name, YamlNode key, YamlNode value) in map?.All() ?? [])
            providers[name] = One(new MapReader(map!.File, value, $"provider '{name}'", key), name);
        return providers;
    }

    private static ProviderSettings One(MapReader map, string name)
    {
        string? kind = map.RequiredText("kind", $"kind: {string.Join(" or ", Kinds)}");
        if (kind is not null && !Kinds.Contains(kind))
            map.File.Unknown(map.Find("kind")!, $"There is no kind of provider '{kind}'.", kind, Kinds);
        var settings = new ProviderSettings { Name = name, Kind = kind ?? "", BaseUrl = Address(map, "baseUrl"), ApiKeyVariable = KeyName(map), Script = map.Text("script") };
        if (map.Duration("timeout") is { } timeout)
        {
            settings = settings with { Timeout = timeout };
            if (timeout <= TimeSpan.Zero)
                map.File.Error(map.Find("timeout")!, "'timeout' is above zero.");
        }

        if (kind == "scripted" && settings.Script is null)
            map.File.Error(map.Name, $"The scripted provider '{name}' has no 'script'.", "Add script: FILE.yaml.");
        map.Finish();
        return settings;
    }

    /// <summary>Reads an http or https address.</summary>
    public static Uri? Address(MapReader map, string key)
    {
        if (map.Text(key) is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0)
            return address;
        map.File.Error(map.Find(key)!, $"{MapReader.Capital(map.Of(key))} should be an address that begins with http:// or https:// and holds no password.");
        return null;
    }

    /// <summary>Reads the name of a secret. The message about anything else does not repeat it: it may be the secret itself.</summary>
    private static string? KeyName(MapReader map)
    {
        if (map.Find("apiKey") is not { } node)
            return null;
        if (node is YamlScalarNode { Value: { } name } && VariableName().IsMatch(name) && !LooksSecret(name))
            return name;
        map.File.Error(
            node,
            $"{MapReader.Capital(map.Of("apiKey"))} should be the name of an environment variable or user secret, not the key itself: files are copied and committed.",
            "Set the key in the environment, as in OPENAI_API_KEY=…, and write apiKey: OPENAI_API_KEY.");
        return null;
    }

    /// <summary>Tells whether a name looks like a key: a vendor's beginning, a long word without any break, or a long mix of cases and digits.</summary>
    private static bool LooksSecret(string name) =>
        KeyBeginning().IsMatch(name)
        || (name.Length >= LongWord && (name.AsSpan().IndexOfAny("_:.") < 0 || (name.Any(char.IsAsciiDigit) && name.Any(char.IsAsciiLetterUpper) && name.Any(char.IsAsciiLetterLower))));

    [GeneratedRegex("^(sk|pk|rk|hf|gsk|ghp|xai)[-_]", RegexOptions.CultureInvariant)]
    private static partial Regex KeyBeginning();

    // environment variables and user secrets: OPENAI_API_KEY, OpenAI:ApiKey
    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*([:.][A-Za-z0-9_]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex VariableName();
}
