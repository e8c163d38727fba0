using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Cli.CommandLine;
using AgentRouter.Suggestions;
using AgentRouter.Workflows.Definitions;

namespace AgentRouter.Cli.Commands.Run;

/// <summary>Reads <c>--input NAME=VALUE</c> as the types that a workflow's inputs have.</summary>
internal static class InputValues
{
    /// <summary>Reads the inputs.</summary>
    /// <param name="given">What was written, one <c>NAME=VALUE</c> each.</param>
    /// <param name="workflow">The workflow.</param>
    /// <param name="context">The world; relative paths start at its folder.</param>
    /// <exception cref="UsageException">A name is unknown or a value does not fit; the message says which.</exception>
    public static Dictionary<string, JsonNode?> Read(IReadOnlyList<string> given, WorkflowDefinition workflow, CliContext context)
    {
        var values = new Dictionary<string, JsonNode?>();
        foreach (string pair in given)
        {
            int at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
                throw new UsageException($"--input takes NAME=VALUE; '{pair}' has no name.");
            string name = pair[..at], text = pair[(at + 1)..];
            InputDefinition input = workflow.Inputs.FirstOrDefault(known => known.Name == name) ?? throw new UsageException(
                $"Workflow '{workflow.Name}' has no input '{name}'. {Suggestion.Sentence(name, workflow.Inputs.Select(known => known.Name)) ?? "It takes none."}");
            if (input.Type == InputType.List)
                AddTo(values, name, text);
            else if (!values.TryAdd(name, Read(input, text, context)))
                throw new UsageException($"The input '{name}' is given twice.");
        }

        return values;
    }

    private static JsonValue Read(InputDefinition input, string text, CliContext context)
    {
        if (input.Choices is { Count: > 0 } choices && !choices.Contains(text))
            throw new UsageException($"The input '{input.Name}' cannot be '{text}'. {Suggestion.Sentence(text, choices)}");
        return input.Type switch
        {
            InputType.Number => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
                ? JsonValue.Create(number)
                : throw new UsageException($"The input '{input.Name}' is a number; '{text}' is none."),
            InputType.Boolean => text.ToLowerInvariant() switch
            {
                "true" or "yes" => JsonValue.Create(true),
                "false" or "no" => JsonValue.Create(false),
                _ => throw new UsageException($"The input '{input.Name}' is true or false; '{text}' is neither."),
            },
            InputType.File => File.Exists(context.Resolve(text))
                ? JsonValue.Create(context.Resolve(text))
                : throw new UsageException($"The input '{input.Name}' is a file; there is no file {text}."),
            InputType.Directory => Directory.Exists(context.Resolve(text))
                ? JsonValue.Create(context.Resolve(text))
                : throw new UsageException($"The input '{input.Name}' is a folder; there is no folder {text}."),
            _ => JsonValue.Create(text),
        };
    }

    // each --input adds an item; a JSON list gives several at once
    private static void AddTo(Dictionary<string, JsonNode?> values, string name, string text)
    {
        var list = (JsonArray)(values.TryGetValue(name, out JsonNode? known) ? known! : values[name] = new JsonArray());
        if (!text.StartsWith('['))
        {
            list.Add(JsonValue.Create(text));
            return;
        }

        try
        {
            foreach (string item in JsonSerializer.Deserialize(text, InputJsonContext.Default.StringArray) ?? [])
                list.Add(JsonValue.Create(item));
        }
        catch (JsonException exception)
        {
            throw new UsageException($"The input '{name}' begins with '[' but is no JSON list of texts: {text}", exception);
        }
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string[]))]
internal sealed partial class InputJsonContext : System.Text.Json.Serialization.JsonSerializerContext;
