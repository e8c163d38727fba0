using System.Text.Json.Nodes;
using AgentRouter.Configuration;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Engine;

/// <summary>Binds what a run is given to what its workflow asks for.</summary>
internal static class RunInputs
{
    /// <exception cref="ConfigurationException">An input is missing, unknown or of the wrong type; all of them are named.</exception>
    public static JsonObject Bind(WorkflowDefinition workflow, IReadOnlyDictionary<string, JsonNode?> given)
    {
        List<string>? wrong = null;
        var bound = new JsonObject();
        foreach (InputDefinition input in workflow.Inputs)
        {
            JsonNode? value = given.TryGetValue(input.Name, out JsonNode? own) && own is not null ? own : input.Default;
            if (Problem(input, value) is { } problem)
                (wrong ??= []).Add(problem);
            bound[input.Name] = value?.DeepClone();
        }

        foreach (string name in given.Keys)
        {
            if (!bound.ContainsKey(name))
                (wrong ??= []).Add($"there is no input '{TextLimit.Shorten(name, 60)}'{Known(workflow)}");
        }

        return wrong is null ? bound : throw new ConfigurationException($"Workflow '{workflow.Name}' cannot start: {string.Join("; ", wrong)}.");
    }

    private static string Known(WorkflowDefinition workflow) =>
        workflow.Inputs.Count == 0 ? "; it takes none" : $"; it takes {string.Join(", ", workflow.Inputs.Select(input => input.Name))}";

    private static string? Problem(InputDefinition input, JsonNode? value)
    {
        if (value is null)
            return $"input '{input.Name}' is missing";
        string? text = value is JsonValue scalar && scalar.TryGetValue(out string? found) ? found : null;
        bool fits = input.Type switch
        {
            InputType.Number => value.GetValueKind() == System.Text.Json.JsonValueKind.Number,
            InputType.Boolean => value.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
            InputType.List => value is JsonArray,
            _ => text is not null,
        };
        if (!fits)
            return $"input '{input.Name}' is not a {TypeName(input.Type)}";
        if (input.Choices is { Count: > 0 } choices && text is not null && !choices.Contains(text))
            return $"input '{input.Name}' is '{TextLimit.Shorten(text, 60)}', but the choices are {string.Join(", ", choices)}";
        return input.Type switch
        {
            InputType.File when Path.IsPathFullyQualified(text!) && !File.Exists(text) => $"input '{input.Name}': there is no file '{text}'",
            InputType.Directory when Path.IsPathFullyQualified(text!) && !Directory.Exists(text) => $"input '{input.Name}': there is no folder '{text}'",
            _ => null,
        };
    }

    private static string TypeName(InputType type) => type switch
    {
        InputType.Number => "number",
        InputType.Boolean => "boolean (true or false)",
        InputType.List => "list",
        InputType.File => "text with the path of a file",
        InputType.Directory => "text with the path of a folder",
        _ => "text",
    };
}
