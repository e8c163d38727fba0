using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Expressions;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Workflows.Validation;

/// <summary>Checks the inputs of a workflow: names, choices, and defaults of the right type.</summary>
internal static class InputCheck
{
    public static void Run(WorkflowChecks checks)
    {
        var seen = new HashSet<string>();
        foreach (InputDefinition input in checks.Workflow.Inputs)
        {
            CheckName(checks, input);
            if (!seen.Add(input.Name))
                checks.Diagnostics.Error(input.Location, $"There are two inputs named '{input.Name}'.");
            if (input.Default is { } value && Mismatch(input, value) is { } problem)
                checks.Diagnostics.Error(checks.Sources.Locate(input, input.Location, "default"), problem);
            else if (input is { Default: { } path, Type: InputType.File or InputType.Directory })
                CheckExists(checks, input, path.ToString());
            if (input.Choices is not null && input.Type is InputType.Boolean or InputType.List)
                checks.Diagnostics.Error(checks.Sources.Locate(input, input.Location, "choices"), $"An input of type {input.Type.ToString().ToLowerInvariant()} has no choices.");
        }
    }

    /// <summary>Gets the type under which expressions read an input.</summary>
    public static DataType TypeOf(InputDefinition input) => input.Type switch
    {
        InputType.Number => DataType.Number,
        InputType.Boolean => DataType.Boolean,
        InputType.List => new DataType.List(DataType.Text),
        _ => DataType.Text,
    };

    /// <summary>Tells why a value does not fit an input; <see langword="null"/> when it does.</summary>
    public static string? Mismatch(InputDefinition input, JsonNode value)
    {
        JsonValueKind kind = value.GetValueKind();
        bool fits = input.Type switch
        {
            InputType.Number => kind == JsonValueKind.Number,
            InputType.Boolean => kind is JsonValueKind.True or JsonValueKind.False,
            InputType.List => value is JsonArray list && list.All(item => item?.GetValueKind() == JsonValueKind.String),
            _ => kind == JsonValueKind.String,
        };
        if (!fits)
            return $"The input '{input.Name}' takes a {Word(input.Type)}, not {Shown(value)}.";
        if (input.Choices is { } choices && !choices.Contains(value.ToString()))
            return $"The input '{input.Name}' is one of {string.Join(", ", choices)}, not {Shown(value)}.";
        return null;
    }

    private static void CheckName(WorkflowChecks checks, InputDefinition input)
    {
        if (!ExpressionNames.IsName(input.Name))
            checks.Diagnostics.Error(input.Location, $"'{input.Name}' cannot be the name of an input: expressions could not read it.", "Use letters, digits and underscores.");
    }

    private static void CheckExists(WorkflowChecks checks, InputDefinition input, string path)
    {
        if (checks.Workflow.ProjectRoot is null)
            return;
        bool isThere = input.Type == InputType.File ? File.Exists(path) : Directory.Exists(path);
        if (!isThere)
            checks.Diagnostics.Warning(checks.Sources.Locate(input, input.Location, "default"), $"The {Word(input.Type)} '{path}' does not exist.", $"Paths start at the project's folder, {checks.Workflow.ProjectRoot}.");
    }

    private static string Word(InputType type) => type == InputType.List ? "list of texts" : type == InputType.Directory ? "folder" : type.ToString().ToLowerInvariant();

    private static string Shown(JsonNode value)
    {
        string text = value.ToJsonString();
        return text.Length > 60 ? text[..60] + "…" : text;
    }
}
