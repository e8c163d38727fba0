using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Expressions;
using AgentRouter.Tools.Capabilities;

namespace AgentRouter.Tools.Healing.Calls;

/// <summary>Checks what a tool returned against what its graph promises: a tool that lies has failed.</summary>
internal static class ResultCheck
{
    private const string Error = "error";
    private const int MaxDepth = 32;

    /// <summary>Finds what is wrong with a result.</summary>
    /// <returns>The failure, or <see langword="null"/>.</returns>
    public static ToolFailure? Find(CapabilityTool tool, JsonNode? value)
    {
        if (ErrorIn(tool, value) is { } error)
            return new ToolFailure(ToolFailureKind.Declared, ToolFailures.Shorten(error));
        if (Misfit(tool, value) is { } misfit)
            return new ToolFailure(ToolFailureKind.WrongResult, $"{tool.Tool} returned something else than it promises: {misfit}") { MayHaveTakenEffect = true };
        return tool.IsResultPromised && IsEmpty(value)
            ? new ToolFailure(ToolFailureKind.EmptyResult, $"{tool.Tool} returned nothing.") { MayHaveTakenEffect = true }
            : null;
    }

    /// <summary>Finds out why a value is not of the type that a tool's results have.</summary>
    /// <returns>Why, or <see langword="null"/> when it is.</returns>
    public static string? Misfit(CapabilityTool tool, JsonNode? value) => Misfit(value, tool.Result, "the result", 0);

    /// <summary>Finds out why a fact that is given is not of its type.</summary>
    /// <returns>Why, or <see langword="null"/> when it is.</returns>
    public static string? Misfit(CapabilityFact fact, JsonNode? value) => Misfit(value, fact.Type, $"the fact '{fact.Name}'", 0);

    /// <summary>Finds out why an argument is not of its parameter's type.</summary>
    /// <returns>Why, or <see langword="null"/> when it is.</returns>
    public static string? Misfit(string parameter, DataType type, JsonNode? value) => Misfit(value, type, $"the argument '{parameter}'", 0);

    /// <summary>Tells whether a result is nothing: null, an empty text, list or object.</summary>
    public static bool IsEmpty(JsonNode? value) => value switch
    {
        null => true,
        JsonArray list => list.Count == 0,
        JsonObject fields => fields.Count == 0,
        JsonValue single => single.GetValueKind() == JsonValueKind.String && single.TryGetValue(out string? text) && string.IsNullOrWhiteSpace(text),
        _ => false,
    };

    // {"error": …} where no such field is promised
    private static string? ErrorIn(CapabilityTool tool, JsonNode? value)
    {
        if (value is not JsonObject fields || !fields.TryGetPropertyValue(Error, out JsonNode? error) || error is null
            || tool.Result is DataType.Object promised && promised.Fields.ContainsKey(Error))
            return null;
        return error.GetValueKind() switch
        {
            JsonValueKind.String => error.AsValue().TryGetValue(out string? text) && text.Length > 0 ? text : null,
            JsonValueKind.Object => error.ToJsonString(),
            JsonValueKind.True => fields.ToJsonString(),
            _ => null,
        };
    }

    private static string? Misfit(JsonNode? value, DataType type, string where, int depth)
    {
        if (type == DataType.Any || depth > MaxDepth)
            return null;
        JsonValueKind kind = value?.GetValueKind() ?? JsonValueKind.Null;
        return type switch
        {
            DataType.Object promised => value is JsonObject fields ? FieldMisfit(fields, promised, where, depth) : $"{where} is not an object.",
            DataType.List list => value is JsonArray items
                ? items.Select((item, at) => Misfit(item, list.Element, $"element {at} of {where}", depth + 1)).FirstOrDefault(misfit => misfit is not null)
                : $"{where} is not a list.",
            _ when type == DataType.Text => kind == JsonValueKind.String ? null : $"{where} is not a text.",
            _ when type == DataType.Number => kind == JsonValueKind.Number ? null : $"{where} is not a number.",
            _ when type == DataType.Boolean => kind is JsonValueKind.True or JsonValueKind.False ? null : $"{where} is neither true nor false.",
            _ => null,
        };
    }

    private static string? FieldMisfit(JsonObject fields, DataType.Object promised, string where, int depth)
    {
        foreach ((string name, DataType type) in promised.Fields)
        {
            if (!fields.TryGetPropertyValue(name, out JsonNode? field))
                return $"the field '{name}' of {where} is missing.";
            if (Misfit(field, type, $"the field '{name}'", depth + 1) is { } misfit)
                return misfit;
        }

        return null;
    }
}
