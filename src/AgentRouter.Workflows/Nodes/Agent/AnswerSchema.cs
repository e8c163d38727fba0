using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Expressions;
using AgentRouter.Workflows.Engine;
using Microsoft.Extensions.AI;

namespace AgentRouter.Workflows.Nodes.Agent;

/// <summary>The form in which an agent must answer: tells the model, and checks what it wrote.</summary>
internal sealed class AnswerSchema
{
    private const int MaxLength = 65_536;
    private static readonly JsonDocumentOptions Bounds = new() { MaxDepth = 32, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private readonly DataType.Object _type;

    private AnswerSchema(DataType.Object type)
    {
        _type = type;
        Format = ChatResponseFormat.ForJsonSchema(JsonSerializer.SerializeToElement(SchemaOf(type)), "answer");
        Instruction = $"Answer with one JSON object and nothing else: {Sketch(type)}";
    }

    /// <summary>Gets what is sent to providers that hold a model to a schema.</summary>
    public ChatResponseFormat Format { get; }

    /// <summary>Gets what is told to the model in words.</summary>
    public string Instruction { get; }

    /// <summary>Makes the form for a type; <see langword="null"/> for a type that any text fits.</summary>
    /// <exception cref="NodeFailedException">The type is not an object: providers hold models to objects only.</exception>
    public static AnswerSchema? For(DataType? type) => type switch
    {
        null => null,
        DataType.Object fields => new AnswerSchema(fields),
        _ when type == DataType.Text || type == DataType.Any => null,
        _ => throw new NodeFailedException($"An outputSchema is an object with named fields, not a {type}."),
    };

    /// <summary>Reads an answer; fields that were not asked for are left out.</summary>
    /// <param name="answer">What the model wrote.</param>
    /// <param name="output">The answer.</param>
    /// <param name="problem">What is wrong with it, for the model to put right.</param>
    public bool TryRead(string answer, out JsonNode? output, out string? problem)
    {
        output = null;
        problem = null;
        string text = Unwrap(answer);
        if (text.Length > MaxLength)
            problem = $"it is longer than {MaxLength} characters.";
        else if (!TryParse(text, out JsonNode? parsed))
            problem = "it is not JSON.";
        else if (Fit(parsed, _type, "the answer", out output) is { } misfit)
            problem = misfit;
        return problem is null;
    }

    private static bool TryParse(string text, out JsonNode? parsed)
    {
        try
        {
            parsed = JsonNode.Parse(text, documentOptions: Bounds);
            return true;
        }
        catch (JsonException)
        {
            parsed = null;
            return false;
        }
    }

    // Models like to put JSON between fences or sentences.
    private static string Unwrap(string answer)
    {
        int start = answer.IndexOf('{', StringComparison.Ordinal);
        int end = answer.LastIndexOf('}');
        return start >= 0 && end > start ? answer[start..(end + 1)] : answer;
    }

    private static string? Fit(JsonNode? value, DataType type, string where, out JsonNode? fitted)
    {
        fitted = null;
        switch (type)
        {
            case DataType.Object fields:
                return value is JsonObject given ? FitObject(given, fields, where, out fitted) : $"{where} is not an object.";
            case DataType.List list:
                return value is JsonArray items ? FitList(items, list, where, out fitted) : $"{where} is not a list.";
            default:
                JsonValueKind kind = value?.GetValueKind() ?? JsonValueKind.Null;
                bool fits = type == DataType.Any
                    || (type == DataType.Text && kind == JsonValueKind.String)
                    || (type == DataType.Number && kind == JsonValueKind.Number)
                    || (type == DataType.Boolean && kind is JsonValueKind.True or JsonValueKind.False);
                fitted = value?.DeepClone();
                return fits ? null : $"{where} is not a {type}.";
        }
    }

    private static string? FitObject(JsonObject given, DataType.Object type, string where, out JsonNode? fitted)
    {
        var result = new JsonObject();
        fitted = result;
        foreach ((string name, DataType field) in type.Fields)
        {
            if (!given.TryGetPropertyValue(name, out JsonNode? value))
                return $"the field '{name}' of {where} is missing.";
            if (Fit(value, field, $"the field '{name}'", out JsonNode? part) is { } misfit)
                return misfit;
            result[name] = part;
        }

        return null;
    }

    private static string? FitList(JsonArray items, DataType.List type, string where, out JsonNode? fitted)
    {
        var result = new JsonArray();
        fitted = result;
        for (int i = 0; i < items.Count; i++)
        {
            if (Fit(items[i], type.Element, $"element {i} of {where}", out JsonNode? part) is { } misfit)
                return misfit;
            result.Add(part);
        }

        return null;
    }

    private static JsonObject SchemaOf(DataType type) => type switch
    {
        DataType.Object fields => new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(fields.Fields.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)SchemaOf(field.Value)))),
            ["required"] = new JsonArray([.. fields.Fields.Keys.Select(name => (JsonNode?)JsonValue.Create(name))]),
            ["additionalProperties"] = false,
        },
        DataType.List list => new JsonObject { ["type"] = "array", ["items"] = SchemaOf(list.Element) },
        _ when type == DataType.Text => new JsonObject { ["type"] = "string" },
        _ when type == DataType.Number => new JsonObject { ["type"] = "number" },
        _ when type == DataType.Boolean => new JsonObject { ["type"] = "boolean" },
        _ => [],
    };

    private static string Sketch(DataType type) => type switch
    {
        DataType.Object fields => "{" + string.Join(", ", fields.Fields.Select(field => $"\"{field.Key}\": {Sketch(field.Value)}")) + "}",
        DataType.List list => $"[{Sketch(list.Element)}, …]",
        _ => $"<{type}>",
    };
}
