using System.Globalization;
using System.Text.Json;
using AgentRouter.Memory.Graph;
using AgentRouter.Memory.Ingestion;
using AgentRouter.Memory.Retrieval.Aid;
using AgentRouter.Memory.Use;
using AgentRouter.Prompts;

namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>Lets a model read a question: one call for the things, the days and the words. What it says is bounded and checked, and is only looked for.</summary>
internal static class ModelReading
{
    private const int MaxOutputTokens = 400;
    private const int MostTexts = 8;
    private const int MostPeriods = 4;
    private const int MaxTextLength = 80;

    // what is longer says nothing about when
    private const int LongestPeriod = 3_660;

    private const string Instructions = $$"""
        You prepare a search in a memory of conversations and documents. Read the question and answer with one JSON object and nothing else:
        {"names": ["…"], "periods": [{"first": "2026-05-01", "last": "2026-05-31"}], "phrases": ["…"]}
        names: at most 8 people, places and things that the question is about, as they would be called in the memory, other names of the same among them.
        periods: the days that the question means, counted from the day on which it is asked; none where it means no certain days.
        phrases: at most 8 phrases of one to three words in which an answer may be said, and that the question does not say itself.
        {{ModelCall.Quotation}}
        """;

    /// <summary>Reads a question.</summary>
    /// <param name="call">Calls the model.</param>
    /// <param name="question">The question.</param>
    /// <param name="askedAt">When it is asked.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What the model read; <see langword="null"/> where it read nothing.</returns>
    public static Task<QuestionHints?> ReadAsync(ModelCall call, string question, DateTimeOffset askedAt, CancellationToken cancellationToken) =>
        call.AskAsync(Instructions, string.Create(CultureInfo.InvariantCulture, $"Asked on {askedAt:yyyy-MM-dd}, a {askedAt:dddd}.\nThe question: {MemoryPrompt.Quoted(question)}"), MaxOutputTokens, Read, cancellationToken);

    private static QuestionHints? Read(JsonElement answer) => answer.ValueKind != JsonValueKind.Object ? null : new QuestionHints
    {
        Names = Texts(answer, "names"),
        Phrases = Texts(answer, "phrases"),
        Periods = [.. Elements(answer, "periods").Select(Period).OfType<MemoryPeriod>().Distinct().Take(MostPeriods)],
    };

    private static string[] Texts(JsonElement answer, string name) =>
    [
        .. Elements(answer, name).Where(each => each.ValueKind == JsonValueKind.String).Select(each => SafeText.Of(each.GetString()!))
            .Where(text => text.Length <= MaxTextLength).Select(text => PromptLine.Of(text, MaxTextLength)).Where(text => text.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostTexts),
    ];

    private static JsonElement.ArrayEnumerator Elements(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out JsonElement values) && values.ValueKind == JsonValueKind.Array ? values.EnumerateArray() : default;

    private static MemoryPeriod? Period(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && Day(value, "first") is { } first && Day(value, "last") is { } last && first <= last && last.DayNumber - first.DayNumber <= LongestPeriod
            ? new MemoryPeriod(first, last)
            : null;

    private static DateOnly? Day(JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(text.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;
}
