using System.Globalization;
using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.JsonLines;
using AgentRouter.Pricing;

namespace AgentRouter.Routing.Outcomes;

/// <summary>Reads an outcome table from a file of JSON Lines. What it does not know it leaves: logs carry more than we need.</summary>
internal static class OutcomeTableReader
{
    private const int MaxModels = 1_000;
    private const double MaxUsd = 1_000_000;
    private const double MaxMilliseconds = 1e12;

    public static async Task<List<OutcomeRow>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var rows = new List<OutcomeRow>();
        await foreach ((JsonElement line, string location) in JsonLinesFile.ReadAsync(path, cancellationToken).ConfigureAwait(false))
            rows.Add(Row(line, location));
        return rows;
    }

    private static OutcomeRow Row(JsonElement line, string location)
    {
        if (!line.TryGetProperty("models", out JsonElement models) || models.ValueKind != JsonValueKind.Object)
            throw new ConfigurationException($"{location}: a row needs 'models', an object with an outcome for each model.");
        var outcomes = new Dictionary<string, ModelOutcome>();
        foreach (JsonProperty model in models.EnumerateObject())
        {
            if (model.Value.ValueKind == JsonValueKind.Null)
                continue;
            outcomes[model.Name] = Outcome(model.Value, model.Name, location);
            if (outcomes.Count > MaxModels)
                throw new ConfigurationException($"{location}: a row has at most {MaxModels} models.");
        }

        if (outcomes.Count == 0)
            throw new ConfigurationException($"{location}: 'models' is empty; a row needs at least one outcome.");
        return new OutcomeRow
        {
            Id = Text(line, "id", location) is { Length: > 0 } id ? id : throw new ConfigurationException($"{location}: a row needs an 'id', a text."),
            Group = Text(line, "group", location) ?? "",
            Role = Text(line, "role", location),
            Prompt = Text(line, "prompt", location),
            Task = Text(line, "task", location)!,
            Step = line.TryGetProperty("step", out _) ? checked((int)(Whole(line, "step", "the row", location) ?? 1)) : 1,
            IsVerified = line.TryGetProperty("verified", out JsonElement verified) && verified.ValueKind == JsonValueKind.True,
            Models = outcomes,
            Location = location,
        };
    }

    private static ModelOutcome Outcome(JsonElement outcome, string model, string location)
    {
        string of = $"'{model}'";
        if (outcome.ValueKind != JsonValueKind.Object)
            throw new ConfigurationException($"{location}: the outcome of {of} is an object such as {{ \"score\": 1, \"costUsd\": 0.02 }}, not {JsonLinesFile.Kind(outcome)}.");
        double score = Number(outcome, "score", of, location) ?? throw new ConfigurationException($"{location}: the outcome of {of} needs a 'score' between 0 and 1.");
        if (score is not (>= 0 and <= 1))
            throw new ConfigurationException($"{location}: the score of {of} is {score.ToString(CultureInfo.InvariantCulture)}; scores are between 0 and 1.");
        return new ModelOutcome
        {
            Score = score,
            Cost = Usd(outcome, of, location),
            Calls = checked((int?)Whole(outcome, "calls", of, location)),
            InputTokens = Whole(outcome, "inputTokens", of, location),
            OutputTokens = Whole(outcome, "outputTokens", of, location),
            Latency = Number(outcome, "latencyMs", of, location, most: MaxMilliseconds) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
            UsdPerMillionTokens = Number(outcome, "usdPerMillionTokens", of, location, most: MaxUsd) is { } price ? (decimal)price : null,
        };
    }

    private static string? Text(JsonElement line, string name, string location)
    {
        if (!line.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw new ConfigurationException($"{location}: '{name}' is a text, not {JsonLinesFile.Kind(value)}.");
    }

    private static Money? Usd(JsonElement outcome, string of, string location)
    {
        if (!outcome.TryGetProperty("costUsd", out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal usd) && usd is >= 0 and < (decimal)MaxUsd)
            return Money.FromUsd(decimal.Round(usd, 12, MidpointRounding.ToPositiveInfinity));
        throw new ConfigurationException($"{location}: 'costUsd' of {of} is an amount of dollars from 0, not {Untrusted(value)}.");
    }

    private static double? Number(JsonElement outcome, string name, string of, string location, double most = double.MaxValue)
    {
        if (!outcome.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return null;
        // NaN and infinity have no JSON number; logs write them as text
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number) && number <= most && (number >= 0 || name == "score"))
            return number;
        throw new ConfigurationException($"{location}: '{name}' of {of} is a number from 0{(most < double.MaxValue ? string.Create(CultureInfo.InvariantCulture, $" to {most:N0}") : "")}, not {Untrusted(value)}.");
    }

    private static long? Whole(JsonElement outcome, string name, string of, string location)
    {
        double? number = Number(outcome, name, of, location);
        return number is null || (number == Math.Floor(number.Value) && number <= int.MaxValue)
            ? (long?)number
            : throw new ConfigurationException($"{location}: '{name}' of {of} is a whole number, not {number.Value.ToString(CultureInfo.InvariantCulture)}.");
    }

    private static string Untrusted(JsonElement value)
    {
        string text = value.GetRawText();
        return text.Length <= 40 ? text : text[..40] + "…";
    }
}
