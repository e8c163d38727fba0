using System.Globalization;
using AgentRouter.Memory.Context;
using AgentRouter.Workflows.Definitions;
using AgentRouter.Workflows.Validation;
using YamlDotNet.RepresentationModel;

namespace AgentRouter.Workflows.Yaml;

/// <summary>Reads the limit of the context of a workflow or agent: <c>context: 24000</c>, <c>context: 0.4</c>, or <c>context: { tokens: 24000, strategy: auto, keepLast: 5 }</c>.</summary>
internal static class ContextReader
{
    public const string Key = "context";
    public const string TokensKey = "tokens";

    private static readonly Dictionary<string, ContextStrategy> Strategies = new()
    {
        ["keepLast"] = ContextStrategy.KeepLast,
        ["summarize"] = ContextStrategy.Summarize,
        ["recall"] = ContextStrategy.Recall,
        ["auto"] = ContextStrategy.Auto,
        ["none"] = ContextStrategy.None,
    };

    /// <summary>Reads a limit.</summary>
    public static ContextDefinition? Read(MapReader owner, SourceMap sources)
    {
        if (owner.Find(Key) is not { } value)
            return null;
        ContextDefinition context = value is YamlMappingNode
            ? Whole(new MapReader(owner.File, value, owner.Of(Key)))
            : Limited(new ContextDefinition { Location = owner.File.At(value) }, owner.File, value, owner.Of(Key));
        return sources.Attach(context, owner.File, value);
    }

    private static ContextDefinition Whole(MapReader map)
    {
        var context = new ContextDefinition
        {
            Strategy = map.Choice("strategy", Strategies),
            KeepLast = (int?)map.Integer("keepLast", 1, ContextLimitOptions.MostKeepLast),
            LookAhead = (int?)map.Integer("lookAhead", 1, ContextLimitOptions.MostLookAhead),
            Location = map.Location,
        };
        if (map.Find(TokensKey) is { } tokens)
            context = Limited(context, map.File, tokens, map.Of(TokensKey));
        map.Finish();
        return context;
    }

    // a share of a window, or tokens
    private static ContextDefinition Limited(ContextDefinition context, YamlFile file, YamlNode value, string what)
    {
        if (value is YamlScalarNode { Value: { } text } && decimal.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal number))
        {
            if (number is > 0 and <= 1)
                return context with { Share = number };
            if (number is >= ContextLimitOptions.LeastTokens and <= ContextLimitOptions.MostTokens && number == decimal.Truncate(number))
                return context with { Tokens = (long)number };
        }

        file.Error(value, string.Create(CultureInfo.InvariantCulture,
            $"{MapReader.Capital(what)} should be a number of tokens from {ContextLimitOptions.LeastTokens:N0}, or a share of the model's window above 0 and at most 1, but is {YamlFile.Shown(value)}."));
        return context;
    }
}
