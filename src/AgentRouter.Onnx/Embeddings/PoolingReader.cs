using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.Onnx.Folders;

namespace AgentRouter.Onnx.Embeddings;

/// <summary>Reads how token vectors become one.</summary>
internal static class PoolingReader
{
    private const string Prefix = "pooling_mode_";

    private static readonly Dictionary<string, PoolingMode> Modes = new()
    {
        ["mean"] = PoolingMode.Mean,
        ["mean_tokens"] = PoolingMode.Mean,
        ["cls"] = PoolingMode.First,
        ["cls_token"] = PoolingMode.First,
        ["lasttoken"] = PoolingMode.Last,
        ["max"] = PoolingMode.Largest,
        ["max_tokens"] = PoolingMode.Largest,
    };

    /// <summary>Reads <c>config.json</c> of the pooling folder.</summary>
    /// <exception cref="ConfigurationException">It names none, several, or one that is not known.</exception>
    public static PoolingMode Read(ModelFolder folder)
    {
        ModelJson config = folder.Json("config.json") ?? throw new ConfigurationException($"There is no config.json in {folder.Path}: how token vectors become one is not said.");
        if (config["include_prompt"] is { Value.ValueKind: JsonValueKind.False } prompt)
            throw prompt.Unsupported("token vectors of prompts cannot be left out");
        // one text in newer files, a flag for each in older ones
        string[] named = config["pooling_mode"] is { } mode
            ? [mode.Text]
            : [.. config.Settings.Where(setting => setting.Name.StartsWith(Prefix, StringComparison.Ordinal) && setting.Value.Flag).Select(setting => setting.Name[Prefix.Length..])];
        return named is [var only] && Modes.TryGetValue(only, out PoolingMode known)
            ? known
            : throw new ConfigurationException($"{config.File}: '{Prefix}…': pooling by {(named.Length == 0 ? "nothing" : string.Join(" and ", named))} is not known; one of {string.Join(", ", Modes.Keys)} is. A model that cannot be read exactly is not read.");
    }
}
