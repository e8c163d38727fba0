using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentRouter.Expressions;

/// <summary>A value while an expression is evaluated: nothing, a boolean, a number, a text, or a JSON list or object.</summary>
public readonly struct ExpressionValue
{
    // for models and people, not for HTML
    private static readonly JsonSerializerOptions ReadableJson = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
        JsonArray => new(ExpressionValueKind.List, 0, node),
        JsonObject => new(ExpressionValueKind.Object, 0, node),
        JsonValue value => FromScalar(value),
        _ => From(node.ToString()),
    };

    /// <summary>Makes JSON of the value. A list or object is copied, so that the result may be put into other JSON.</summary>
    public JsonNode? ToJson() => Kind switch
    {
        ExpressionValueKind.Boolean => JsonValue.Create(Boolean),
        ExpressionValueKind.Number when Math.Abs(_number) < 1e15 && Math.Floor(_number) == _number => JsonValue.Create((long)_number),
        ExpressionValueKind.Number => double.IsFinite(_number) ? JsonValue.Create(_number) : null,
        ExpressionValueKind.Text => JsonValue.Create(Text),
        _ => Node?.DeepClone(),
    };

    /// <summary>Writes the value as templates do: nothing as an empty text, lists and objects as JSON.</summary>
    public override string ToString() => Kind switch
    {
        ExpressionValueKind.Boolean => Boolean ? "true" : "false",
        ExpressionValueKind.Number => _number.ToString(CultureInfo.InvariantCulture),
        ExpressionValueKind.Text => Text!,
        _ => Node?.ToJsonString(ReadableJson) ?? "",
    };

    private static ExpressionValue FromScalar(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.True => From(true),
        JsonValueKind.False => From(false),
        JsonValueKind.Number => From(ToDouble(value)),
        JsonValueKind.Null => Null,
        _ => From(value.TryGetValue(out string? text) ? text : value.ToString()),
    };

    private static double ToDouble(JsonValue value)
    {
        if (value.TryGetValue(out double number))
            return number;
        if (value.TryGetValue(out long whole))
            return whole;
        if (value.TryGetValue(out int small))
            return small;
        return double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);
    }
}
