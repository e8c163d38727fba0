using System.Globalization;
using System.Text.Json;
using AgentRouter.Configuration;

namespace AgentRouter.Routing.PolicyFiles;

/// <summary>A part of a policy file, read with checks: whatever does not fit is an error that names the file and the place.</summary>
internal sealed class PolicyJson(JsonElement element, string path, string place)
{
    private const int MaxItems = 16_000_000;
    private const int MaxName = 1_000;

    /// <summary>Gets the part as it is.</summary>
    public JsonElement Element { get; } = element;

    /// <summary>Gets the file and the place in it.</summary>
    public string Location => $"{path}: '{place}'";

    /// <summary>Makes the error for something at this place.</summary>
    /// <param name="name">The property, or "" for the part itself.</param>
    /// <param name="problem">What is wrong with it: <c>is missing</c>.</param>
    public ConfigurationException Wrong(string name, string problem) =>
        new($"{path}: '{Place(name)}' {problem}. The file is corrupt or was edited; train the policy again.");

    /// <summary>Reads an object.</summary>
    public PolicyJson Object(string name)
    {
        JsonElement value = Get(name, JsonValueKind.Object, "an object");
        return new PolicyJson(value, path, Place(name));
    }

    /// <summary>Reads an object that may be missing.</summary>
    public PolicyJson? OptionalObject(string name) =>
        Element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? Object(name) : null;

    /// <summary>Reads a list of objects.</summary>
    public PolicyJson[] Objects(string name) =>
        [.. Items(name).Select((item, i) => item.ValueKind == JsonValueKind.Object ? new PolicyJson(item, path, Place(Index(name, i))) : throw Wrong(Index(name, i), "is not an object"))];

    /// <summary>Reads a list of objects of a bounded length.</summary>
    public PolicyJson[] Objects(string name, int most) => Count(name) is var count && count <= most ? Objects(name) : throw Wrong(name, $"has {count:N0} items and not at most {most:N0}");

    /// <summary>Reads a text.</summary>
    public string Text(string name) => Get(name, JsonValueKind.String, "a text").GetString()!;

    /// <summary>Reads a text that may be missing.</summary>
    public string? OptionalText(string name) =>
        Element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? Text(name) : null;

    /// <summary>Reads a list of texts.</summary>
    public string[] Texts(string name) =>
        [.. Items(name).Select((item, i) => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong(Index(name, i), "is not a text"))];

    /// <summary>Reads true or false.</summary>
    public bool Flag(string name) => Element.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? value.GetBoolean()
        : throw Wrong(name, "is not true or false");

    /// <summary>Reads a whole number.</summary>
    public int Whole(string name, int least, int most) =>
        Get(name, JsonValueKind.Number, "a number").TryGetInt32(out int number) && number >= least && number <= most
            ? number
            : throw Wrong(name, $"is not a whole number from {least.ToString(CultureInfo.InvariantCulture)} to {most.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Reads a number.</summary>
    public double Number(string name, double least = double.MinValue, double most = double.MaxValue) =>
        Check(Get(name, JsonValueKind.Number, "a number"), name, least, most);

    /// <summary>Reads a list of numbers.</summary>
    public double[] NumberList(string name, double least = double.MinValue, double most = double.MaxValue) =>
        [.. Items(name).Select((item, i) => Check(item, Index(name, i), least, most))];

    /// <summary>Reads a list of lists of numbers.</summary>
    public double[][] NumberLists(string name, double least, double most) =>
        [.. Items(name).Select((item, i) => item.ValueKind == JsonValueKind.Array
            ? item.EnumerateArray().Select(number => Check(number, Index(name, i), least, most)).ToArray()
            : throw Wrong(Index(name, i), "is not a list of numbers"))];

    /// <summary>Reads an object of numbers.</summary>
    public Dictionary<string, double> Numbers(string name) =>
        Get(name, JsonValueKind.Object, "an object").EnumerateObject().ToDictionary(
            property => property.Name, property => Check(property.Value, $"{name}.{property.Name}", double.MinValue, double.MaxValue));

    /// <summary>Reads a list of short texts, each once.</summary>
    public string[] Names(string name, int most)
    {
        string[] names = Count(name) <= most ? Texts(name) : throw Wrong(name, $"has more than {most:N0} names");
        if (names.FirstOrDefault(each => each.Length > MaxName) is not null)
            throw Wrong(name, $"has a name of more than {MaxName:N0} characters");
        return names.Distinct().Count() == names.Length ? names : throw Wrong(name, "names something twice");
    }

    /// <summary>Reads a list of whole numbers.</summary>
    /// <param name="name">The list.</param>
    /// <param name="count">How many it has; <see langword="null"/> for any number.</param>
    /// <param name="least">The least number.</param>
    /// <param name="most">The greatest number.</param>
    public int[] WholeList(string name, int? count, int least, int most) => [.. Exactly(name, count).Select((item, i) =>
        item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out int number) && number >= least && number <= most
            ? number
            : throw Wrong(Index(name, i), $"is not a whole number from {least} to {most}"))];

    /// <summary>Reads a list of hashes of 32 bits, ascending.</summary>
    public uint[] Hashes(string name, int most)
    {
        if (Count(name) > most)
            throw Wrong(name, $"has more than {most:N0} hashes");
        uint[] hashes = [.. Items(name).Select((item, i) =>
            item.ValueKind == JsonValueKind.Number && item.TryGetUInt32(out uint hash) ? hash : throw Wrong(Index(name, i), "is not a hash of 32 bits"))];
        for (int i = 1; i < hashes.Length; i++)
        {
            if (hashes[i] <= hashes[i - 1])
                throw Wrong(name, "is not ascending");
        }

        return hashes;
    }

    /// <summary>Reads a list of finite numbers in single precision.</summary>
    public float[] Floats(string name, int count) => [.. Exactly(name, count).Select((item, i) =>
        item.ValueKind == JsonValueKind.Number && item.TryGetSingle(out float number) && float.IsFinite(number) ? number : throw Wrong(Index(name, i), "is not a finite number"))];

    private int Count(string name) => Get(name, JsonValueKind.Array, "a list").GetArrayLength();

    private JsonElement.ArrayEnumerator Exactly(string name, int? count) =>
        count is not { } right || Count(name) == right ? Items(name) : throw Wrong(name, $"has {Count(name):N0} entries instead of {right:N0}");

    private JsonElement.ArrayEnumerator Items(string name)
    {
        JsonElement list = Get(name, JsonValueKind.Array, "a list");
        return list.GetArrayLength() <= MaxItems ? list.EnumerateArray() : throw Wrong(name, $"has more than {MaxItems:N0} items");
    }

    private double Check(JsonElement value, string name, double least, double most) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= least && number <= most && double.IsFinite(number)
            ? number
            : throw Wrong(name, "is not a number in its range");

    private JsonElement Get(string name, JsonValueKind kind, string what)
    {
        if (Element.ValueKind != JsonValueKind.Object || !Element.TryGetProperty(name, out JsonElement value))
            throw Wrong(name, "is missing");
        return value.ValueKind == kind ? value : throw Wrong(name, $"is not {what}");
    }

    private static string Index(string name, int i) => string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]");

    private string Place(string name) => place.Length == 0 ? name : name.Length == 0 ? place : $"{place}.{name}";
}
