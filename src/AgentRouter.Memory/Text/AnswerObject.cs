using System.Text.Json;

namespace AgentRouter.Memory.Text;

/// <summary>Finds the JSON object in an answer of a model, which may be anything.</summary>
internal static class AnswerObject
{
    // no answer that is asked for is as deep
    private const int MostDepth = 16;

    private static readonly JsonDocumentOptions Bounds = new() { MaxDepth = MostDepth, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Finds the one object of an answer; what is written around it does not matter.</summary>
    /// <param name="answer">The answer.</param>
    /// <exception cref="FormatException">There is none; the message says why.</exception>
    public static JsonDocument Parse(string answer)
    {
        int start = answer.IndexOf('{', StringComparison.Ordinal);
        int end = answer.LastIndexOf('}');
        if (start < 0 || end < start)
            throw new FormatException("There is no JSON object in it.");
        try
        {
            return JsonDocument.Parse(answer.AsMemory(start, end + 1 - start), Bounds);
        }
        catch (JsonException)
        {
            throw new FormatException("It is no valid JSON.");
        }
    }
}
