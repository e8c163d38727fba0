using System.Text.Json.Nodes;

namespace AgentRouter.Expressions;

/// <summary>A value while an expression is evaluated: nothing, a boolean, a number, a text, or a JSON list or object.</summary>
public readonly struct ExpressionValue
{
    private readonly double _number;
    private readonly object? _reference;

    private ExpressionValue(ExpressionValueKind kind, double number, object? reference)
    {
        Kind = kind;
        _number = number;
        _reference = reference;
    }

    /// <summary>Gets the value that stands for nothing.</summary>
    public static ExpressionValue Null => default;

    /// <summary>Gets what kind of value it is.</summary>
    public ExpressionValueKind Kind { get; }

    /// <summary>Gets the boolean; <see langword="false"/> for every other kind.</summary>
    public bool Boolean => Kind == ExpressionValueKind.Boolean && _number != 0;

    /// <summary>Gets the number; 0 for every other kind.</summary>
    public double Number => Kind == ExpressionValueKind.Number ? _number : 0;

    /// <summary>Gets the text, or <see langword="null"/> for every other kind.</summary>
    public string? Text => _reference as string;

    /// <summary>Gets the JSON list or object, or <see langword="null"/> for every other kind.</summary>
    public JsonNode? Node => _reference as JsonNode;

    /// <summary>Makes a boolean.</summary>
    public static ExpressionValue From(bool value) => new(ExpressionValueKind.Boolean, value ? 1 : 0, null);

    /// <summary>Makes a number.</summary>
    public static ExpressionValue From(double value) => new(ExpressionValueKind.Number, value, null);

    /// <summary>Makes a text.</summary>
    public static ExpressionValue From(string? value) => value is null ? Null : new(ExpressionValueKind.Text, 0, value);

    /// <summary>Makes a value from JSON: scalars become booleans, numbers and texts.</summary>
    public static ExpressionValue From(JsonNode? node) => node switch
    {
        null => Null,
        JsonValue value when value.TryGetValue(out bool boolean) => From(boolean),
        JsonValue value when value.TryGetValue(out string? text) => From(text),
        JsonValue value when value.TryGetValue(out double number) => From(number),
        JsonValue value when value.TryGetValue(out long number) => From((double)number),
        JsonValue value when value.TryGetValue(out int number) => From((double)number),
        JsonValue value when value.TryGetValue(out decimal number) => From((double)number),
        JsonArray => new(ExpressionValueKind.List, 0, node),
        JsonObject => new(ExpressionValueKind.Object, 0, node),
        _ => From(node.ToString()),
    };
}
