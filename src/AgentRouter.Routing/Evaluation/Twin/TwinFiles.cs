using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.JsonLines;

namespace AgentRouter.Routing.Evaluation.Twin;

/// <summary>Reads question banks and predictions: JSON Lines, plain or gzip.</summary>
internal static class TwinFiles
{
    /// <summary>Reads a bank: <c>id</c>, <c>benchmark</c>, <c>instance_id</c>, <c>step_index</c>, <c>messages</c>, <c>target_tier</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="charactersPerToken">How many characters count as a token.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ConfigurationException">A line cannot be used; the message names file and line.</exception>
    public static async Task<List<TwinRow>> ReadBankAsync(string path, double charactersPerToken, CancellationToken cancellationToken)
    {
        var rows = new List<TwinRow>();
        var ids = new Dictionary<string, string>();
        var steps = new Dictionary<(string, string, int), string>();
        await foreach ((JsonElement line, string location) in JsonLinesFile.ReadAsync(path, cancellationToken).ConfigureAwait(false))
        {
            TwinRow row = Row(line, location, charactersPerToken);
            if (!ids.TryAdd(row.Id, location))
                throw new ConfigurationException($"{location}: the id '{row.Id}' is taken by {ids[row.Id]}.");
            if (!steps.TryAdd((row.Benchmark, row.Instance, row.Step), location))
                throw new ConfigurationException($"{location}: step {row.Step} of '{row.Instance}' is already at {steps[(row.Benchmark, row.Instance, row.Step)]}.");
            rows.Add(row);
        }

        return rows.Count > 0 ? rows : throw new ConfigurationException($"There is no row in {path}. A bank has one JSON object a line; docs/benchmarks.md shows one.");
    }

    /// <summary>Reads predictions: <c>id</c> and <c>tier</c>. A tier of <c>null</c> says that the router failed there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">The bank that they are for.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The number of the tier by the row's id; <see langword="null"/> for an error.</returns>
    /// <exception cref="ConfigurationException">A line cannot be used, is for no row, or a row has none.</exception>
    public static async Task<Dictionary<string, int?>> ReadPredictionsAsync(string path, IReadOnlyList<TwinRow> rows, CancellationToken cancellationToken)
    {
        var known = rows.Select(row => row.Id).ToHashSet();
        var tiers = new Dictionary<string, int?>();
        await foreach ((JsonElement line, string location) in JsonLinesFile.ReadAsync(path, cancellationToken).ConfigureAwait(false))
        {
            string id = Text(line, "id", location);
            if (!known.Contains(id))
                throw new ConfigurationException($"{location}: the bank has no row '{id}'.");
            if (!line.TryGetProperty("tier", out JsonElement tier))
                throw new ConfigurationException($"{location}: a prediction needs a 'tier'; write null where the router failed.");
            if (!tiers.TryAdd(id, tier.ValueKind == JsonValueKind.Null ? null : Tier(Text(line, "tier", location), "tier", location)))
                throw new ConfigurationException($"{location}: the row '{id}' is predicted twice.");
        }

        string? missing = rows.Select(row => row.Id).FirstOrDefault(id => !tiers.ContainsKey(id));
        return missing is null ? tiers : throw new ConfigurationException(
            $"{path} predicts {tiers.Count} of {rows.Count} rows; '{missing}' is the first that is missing. Write a tier of null where the router failed.");
    }

    private static TwinRow Row(JsonElement line, string location, double charactersPerToken)
    {
        if (!line.TryGetProperty("messages", out JsonElement messages) || messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0)
            throw new ConfigurationException($"{location}: a row needs 'messages', a list with at least one message.");
        if (!line.TryGetProperty("step_index", out JsonElement step) || step.ValueKind != JsonValueKind.Number || !step.TryGetInt32(out int index) || index < 0)
            throw new ConfigurationException($"{location}: a row needs a 'step_index', a whole number from 0.");
        return new TwinRow
        {
            Id = Text(line, "id", location),
            Benchmark = Text(line, "benchmark", location),
            Instance = Text(line, "instance_id", location),
            Step = index,
            Messages = [.. messages.EnumerateArray().Select(message => Message(message, location, charactersPerToken))],
            Target = Tier(Text(line, "target_tier", location), "target_tier", location),
        };
    }

    private static TwinMessage Message(JsonElement message, string location, double charactersPerToken)
    {
        if (message.ValueKind != JsonValueKind.Object)
            throw new ConfigurationException($"{location}: a message is an object such as {{ \"role\": \"user\", \"content\": \"…\" }}.");
        long characters = 0;
        foreach (JsonProperty property in message.EnumerateObject())
        {
            if (property.Name is "content" or "tool_calls")
                characters += Characters(property.Value);
        }

        return new TwinMessage(Text(message, "role", location) == "assistant", message.GetRawText(), characters / charactersPerToken);
    }

    // text counts as it is; what is not text, such as tool calls, counts as its JSON
    private static long Characters(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => 0,
        JsonValueKind.String => value.GetString()!.Length,
        _ => value.GetRawText().Length,
    };

    private static string Text(JsonElement line, string name, string location) =>
        line.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw new ConfigurationException($"{location}: '{name}' is missing or is not a text.");

    private static int Tier(string name, string property, string location) => TwinTier.Find(name) ?? throw new ConfigurationException(
        $"{location}: '{property}' is one of {string.Join(", ", TwinTier.All.Select(tier => tier.Name))}, not '{(name.Length <= 40 ? name : name[..40] + "…")}'.");
}
