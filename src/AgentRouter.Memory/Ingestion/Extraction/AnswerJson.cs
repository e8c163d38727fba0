using System.Text.Json;
using AgentRouter.Memory.Text;
using AgentRouter.Prompts;

namespace AgentRouter.Memory.Ingestion.Extraction;

/// <summary>Takes parts out of an answer of a model, which may be anything.</summary>
internal static class AnswerJson
{
    // whoever names more has named all
    private const int MostNumbers = 100;

    /// <summary>Finds the one object of an answer; what is written around it does not matter.</summary>
    /// <exception cref="FormatException">There is none; the message says why.</exception>
    public static JsonDocument Parse(string answer)
    {
        if (answer.Length > ExtractionLimits.AnswerLength)
            throw new FormatException($"It has more than {ExtractionLimits.AnswerLength:N0} characters.");
        return AnswerObject.Parse(answer);
    }

    /// <summary>Gets the elements of a list, an empty one where it is not there.</summary>
    /// <exception cref="FormatException">It is required and not there, or no list.</exception>
    public static IEnumerable<JsonElement> List(JsonElement owner, string name, bool isRequired = false)
    {
        if (!owner.TryGetProperty(name, out JsonElement list) || list.ValueKind == JsonValueKind.Null)
            return isRequired ? throw new FormatException($"'{name}' is missing.") : [];
        return list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : throw new FormatException($"'{name}' is no list.");
    }

    /// <summary>Gets a text on one line, without characters that nobody sees; <see langword="null"/> where there is none.</summary>
    public static string? Text(JsonElement owner, string name)
    {
        if (owner.ValueKind != JsonValueKind.Object || !owner.TryGetProperty(name, out JsonElement value) || value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            string text = SafeText.Of(PromptLine.Of(value.GetString()!, int.MaxValue));
            return text.Length > 0 ? text : null;
        }
        catch (InvalidOperationException)
        {
            // half a character
            return null;
        }
    }

    /// <summary>Gets a number; 0 where there is none.</summary>
    public static int Number(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : 0;

    /// <summary>Gets numbers from 1 up to a limit, in their order and each once; others are passed over.</summary>
    public static IReadOnlyList<int> Numbers(JsonElement owner, string name, int most)
    {
        if (owner.ValueKind != JsonValueKind.Object || !owner.TryGetProperty(name, out JsonElement list) || list.ValueKind != JsonValueKind.Array)
            return [];
        var numbers = new SortedSet<int>();
        foreach (JsonElement each in list.EnumerateArray().Take(MostNumbers))
        {
            if (each.ValueKind == JsonValueKind.Number && each.TryGetInt32(out int number) && number >= 1 && number <= most)
                numbers.Add(number);
        }

        return [.. numbers];
    }
}
