using System.Globalization;
using System.Text.Json;

namespace AgentRouter.Memory.Retrieval.Effort;

/// <summary>Lets a model score evidence, all of it in one call. Its answer is only read as numbers of the list.</summary>
internal static class ModelScores
{
    private const int MaxText = 600;
    private const int TokensOfFrame = 64;
    private const int TokensOfScore = 8;
    private const double Best = 10;

    private const string Instructions = $$$"""
        You judge which notes from a memory help to answer a question. Answer with one JSON object and nothing else: {"scores": {"1": 7, "2": 0}},
        for the number of each note a whole number from 0, it has nothing to do with the question, to 10, it answers it.
        {{{ModelCall.Quotation}}}
        """;

    /// <summary>Scores evidence.</summary>
    /// <param name="call">Calls the model.</param>
    /// <param name="question">The question.</param>
    /// <param name="items">The evidence.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A score for each, 0 for one that the model left out; <see langword="null"/> where it scored less than half.</returns>
    public static Task<double[]?> OfAsync(ModelCall call, string question, IReadOnlyList<RecalledItem> items, CancellationToken cancellationToken) =>
        call.AskAsync(Instructions, NoteLines.Of(question, items, MaxText), TokensOfFrame + (items.Count * TokensOfScore), answer => Read(answer, items.Count), cancellationToken);

    private static double[]? Read(JsonElement answer, int count)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("scores", out JsonElement scores) || scores.ValueKind != JsonValueKind.Object)
            return null;
        var read = new double?[count];
        foreach (JsonProperty each in scores.EnumerateObject())
        {
            if (int.TryParse(each.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= count
                && each.Value.ValueKind == JsonValueKind.Number && each.Value.TryGetDouble(out double score) && score is >= 0 and <= Best)
                read[number - 1] = score;
        }

        return read.Count(score => score is not null) * 2 < count ? null : [.. read.Select(score => score ?? 0)];
    }
}
