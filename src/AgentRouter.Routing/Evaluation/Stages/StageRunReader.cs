using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.JsonLines;

namespace AgentRouter.Routing.Evaluation.Stages;

/// <summary>Reads a table of runs in stages: JSON Lines, plain or gzip, with <c>group</c>, <c>choice</c>, <c>score</c>, <c>costUsd</c> and <c>rep</c>.</summary>
/// <remarks>The names of AgensFlow's logs are taken too: <c>signature</c>, <c>judge_quality</c>, <c>total_cost</c>.</remarks>
internal static class StageRunReader
{
    private const int MaxStages = 32;

    /// <summary>Reads a table.</summary>
    /// <exception cref="ConfigurationException">A line cannot be used, or two runs have not the same stages.</exception>
    public static async Task<List<StageRun>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var runs = new List<StageRun>();
        await foreach ((JsonElement line, string location) in JsonLinesFile.ReadAsync(path, cancellationToken).ConfigureAwait(false))
        {
            StageRun run = Run(line, location);
            if (runs.Count > 0 && !Stages(run).SetEquals(Stages(runs[0])))
                throw new ConfigurationException($"{location}: the run has the stages {string.Join(", ", Stages(run))}; the first run has {string.Join(", ", Stages(runs[0]))}.");
            runs.Add(run);
        }

        return runs.Count > 0 ? runs : throw new ConfigurationException($"There is no run in {path}. A table of runs has one JSON object a line; docs/benchmarks.md shows one.");
    }

    private static HashSet<string> Stages(StageRun run) => [.. run.Arm.Models.Select(pair => pair.Stage)];

    private static StageRun Run(JsonElement line, string location)
    {
        string group = Text(Find(line, location, "group", "signature"), location, "group");
        double score = Number(line, location, "score", "judge_quality");
        if (score > 1)
            throw new ConfigurationException($"{location}: the score is {score}; scores are between 0 and 1.");
        double repetition = Number(line, location, "rep");
        if (repetition != Math.Floor(repetition) || repetition > int.MaxValue)
            throw new ConfigurationException($"{location}: 'rep' is a whole number, not {repetition}.");
        return new StageRun
        {
            Group = group,
            Arm = Arm(line, location),
            Repetition = (int)repetition,
            Score = score,
            Usd = Number(line, location, "costUsd", "total_cost"),
        };
    }

    private static StageArm Arm(JsonElement line, string location)
    {
        JsonElement choice = Find(line, location, "choice");
        if (choice.ValueKind != JsonValueKind.Object)
            throw new ConfigurationException($"{location}: 'choice' is an object with the model of each stage, such as {{ \"plan\": \"large\", \"build\": \"small\" }}.");
        (string, string)[] models = [.. choice.EnumerateObject().Select(stage => (stage.Name, Text(stage.Value, location, stage.Name)))];
        return models.Length is > 0 and <= MaxStages
            ? new StageArm(models)
            : throw new ConfigurationException($"{location}: 'choice' has from 1 to {MaxStages} stages, not {models.Length}.");
    }

    private static JsonElement Find(JsonElement line, string location, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (line.TryGetProperty(name, out JsonElement value))
                return value;
        }

        throw new ConfigurationException($"{location}: a run needs '{names[0]}'.");
    }

    private static double Number(JsonElement line, string location, params ReadOnlySpan<string> names)
    {
        JsonElement value = Find(line, location, names);
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number) && number >= 0
            ? number
            : throw new ConfigurationException($"{location}: '{names[0]}' is a number from 0.");
    }

    private static string Text(JsonElement value, string location, string name) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : throw new ConfigurationException($"{location}: '{name}' is a text.");
}
