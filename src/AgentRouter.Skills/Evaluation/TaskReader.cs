using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.JsonLines;

namespace AgentRouter.Skills.Evaluation;

/// <summary>Reads tasks with the skills that they need: JSON Lines, one task each. docs/skills.md gives the format.</summary>
internal static class TaskReader
{
    private static readonly string[] IdNames = ["task_id", "qid", "id"];
    private static readonly string[] NeededNames = ["core_gt_ids", "gold"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="ConfigurationException">A line cannot be used; the message says where and why.</exception>
    public static async Task<IReadOnlyList<EvaluationTask>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var tasks = new List<EvaluationTask>();
        await foreach ((JsonElement line, string location) in JsonLinesFile.ReadAsync(path, cancellationToken).ConfigureAwait(false))
        {
            string id = IdNames.Select(name => PoolJson.Text(line, name)).FirstOrDefault(text => text is not null) ?? location;
            string query = PoolJson.Text(line, "query") ?? throw new ConfigurationException($"{location}: a task needs a 'query', a text.");
            HashSet<string> needed = Needed(line, location);
            tasks.Add(new EvaluationTask(id, query, needed, Relevance(line, needed, location)));
        }

        return tasks.Count > 0 ? tasks : throw new ConfigurationException($"There is no task in {path}. It has one JSON object a line; docs/skills.md shows one.");
    }

    private static HashSet<string> Needed(JsonElement line, string location)
    {
        foreach (string name in NeededNames)
        {
            if (line.TryGetProperty(name, out JsonElement ids) && ids.ValueKind == JsonValueKind.Array)
                return [.. ids.EnumerateArray().Where(id => id.ValueKind == JsonValueKind.String).Select(id => id.GetString()!)];
        }

        throw new ConfigurationException($"{location}: a task needs 'gold' (or 'core_gt_ids'), a list with the ids of the skills that it needs.");
    }

    private static Dictionary<string, double> Relevance(JsonElement line, HashSet<string> needed, string location)
    {
        var relevance = needed.ToDictionary(id => id, _ => 1.0);
        if (!line.TryGetProperty("relevance", out JsonElement graded))
            return relevance;
        if (graded.ValueKind != JsonValueKind.Object)
            throw new ConfigurationException($"{location}: 'relevance' is an object with a number for each id, not {JsonLinesFile.Kind(graded)}.");
        foreach (JsonProperty grade in graded.EnumerateObject())
        {
            if (grade.Value.ValueKind != JsonValueKind.Number || grade.Value.GetDouble() is not (>= 0 and <= 1_000 and var value))
                throw new ConfigurationException($"{location}: the relevance of '{grade.Name}' is a number from 0, not {JsonLinesFile.Kind(grade.Value)}.");
            relevance[grade.Name] = value;
        }

        return relevance;
    }
}
