using System.Text.Json;
using AgentRouter.Configuration;

namespace AgentRouter.Onnx.Folders;

/// <summary>A value in a model's JSON file that knows where it stands, for messages.</summary>
/// <param name="File">The file.</param>
/// <param name="Setting">The way to the value; empty for the whole file.</param>
/// <param name="Value">The value.</param>
internal sealed record ModelJson(string File, string Setting, JsonElement Value)
{
    /// <summary>Gets a setting; <see langword="null"/> when it is not there or null.</summary>
    public ModelJson? this[string name] => Value.ValueKind == JsonValueKind.Object && Value.TryGetProperty(name, out JsonElement found) && found.ValueKind != JsonValueKind.Null
        ? new ModelJson(File, Setting.Length == 0 ? name : $"{Setting}.{name}", found)
        : null;

    /// <summary>Gets the items of a list.</summary>
    public IEnumerable<ModelJson> Items => Value.ValueKind == JsonValueKind.Array
        ? Value.EnumerateArray().Select((item, place) => new ModelJson(File, $"{Setting}[{place}]", item))
        : throw Wrong("a list");

    /// <summary>Gets the settings of an object.</summary>
    public IEnumerable<(string Name, ModelJson Value)> Settings => Value.ValueKind == JsonValueKind.Object
        ? Value.EnumerateObject().Select(setting => (setting.Name, new ModelJson(File, $"{Setting}.{setting.Name}", setting.Value)))
        : throw Wrong("an object");

    /// <summary>Gets a text.</summary>
    public string Text => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Wrong("a text");

    /// <summary>Gets a whole number.</summary>
    public int Number => Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out int number) ? number : throw Wrong("a whole number");

    /// <summary>Gets true or false.</summary>
    public bool Flag => Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? Value.GetBoolean() : throw Wrong("true or false");

    /// <summary>Gets a setting that must be there.</summary>
    /// <exception cref="ConfigurationException">It is not.</exception>
    public ModelJson Required(string name) => this[name] ?? throw new ConfigurationException($"{File}: {(Setting.Length == 0 ? "the file" : $"'{Setting}'")} has no '{name}'.");

    /// <summary>Gets the type that a part of a tokenizer names.</summary>
    public string Type => Required("type").Text;

    /// <summary>Makes the error for what cannot be read exactly.</summary>
    /// <param name="what">What is not supported, as a sentence without its end.</param>
    public ConfigurationException Unsupported(string what) => new($"{File}: '{Setting}': {what}. A model that cannot be read exactly is not read.");

    private ConfigurationException Wrong(string wanted) => new($"{File}: '{Setting}' is not {wanted}.");
}
