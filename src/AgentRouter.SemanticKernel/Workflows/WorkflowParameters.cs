using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Workflows.Definitions;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace AgentRouter.SemanticKernel.Workflows;

/// <summary>A workflow's inputs as parameters of a function.</summary>
internal static class WorkflowParameters
{
    public static string FunctionName(string workflow) =>
        new([.. workflow.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_')]);

    public static KernelParameterMetadata Describe(InputDefinition input) => new(input.Name)
    {
        Description = input.Description ?? "",
        IsRequired = input.Default is null,
        DefaultValue = input.Default?.ToJsonString(),
        ParameterType = input.Type switch
        {
            InputType.Number => typeof(double),
            InputType.Boolean => typeof(bool),
            InputType.List => typeof(string[]),
            _ => typeof(string),
        },
        Schema = KernelJsonSchema.Parse(Schema(input).ToJsonString()),
    };

    /// <summary>Makes an input of an argument: prompts hand over text, models JSON, code values of its own.</summary>
    public static JsonNode? Read(InputDefinition input, object? value)
    {
        JsonNode? node = value switch
        {
            null => null,
            JsonNode own => own.DeepClone(),
            _ => JsonSerializer.SerializeToNode(value, AIJsonUtilities.DefaultOptions),
        };
        string? text = node is JsonValue scalar && scalar.TryGetValue(out string? found) ? found : null;
        return input.Type switch
        {
            InputType.Number when text is not null && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) => number,
            InputType.Boolean when text is not null && bool.TryParse(text, out bool truth) => truth,
            InputType.List when text is not null => ReadList(text),
            InputType.Text when node is not null and not JsonValue || text is null && node is not null => node!.ToJsonString(),
            _ => node,
        };
    }

    private static JsonArray ReadList(string text)
    {
        try
        {
            if (JsonNode.Parse(text) is JsonArray list)
                return list;
        }
        catch (JsonException)
        {
            // not JSON: one item a line
        }

        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(item => (JsonNode)item)];
    }

    private static JsonObject Schema(InputDefinition input)
    {
        var schema = new JsonObject
        {
            ["type"] = input.Type switch
            {
                InputType.Number => "number",
                InputType.Boolean => "boolean",
                InputType.List => "array",
                _ => "string",
            },
        };
        if (input.Type == InputType.List)
            schema["items"] = new JsonObject { ["type"] = "string" };
        if (input.Description is { } description)
            schema["description"] = description;
        if (input.Choices is { Count: > 0 } choices)
            schema["enum"] = new JsonArray([.. choices.Select(choice => (JsonNode)choice)]);
        if (input.Default is { } byDefault)
            schema["default"] = byDefault.DeepClone();
        return schema;
    }
}
