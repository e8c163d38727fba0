using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.JsonLines;

namespace AgentRouter.Cli.Commands.Route.Calibrate;

/// <summary>A task to calibrate with: <c>{"id": "t1", "inputs": {"issue": "Totals are wrong"}}</c>, one a line.</summary>
/// <param name="Id">Its id; unique in the file.</param>
/// <param name="Inputs">The workflow's inputs as <c>NAME=VALUE</c>.</param>
/// <param name="Location">Where it was read, as file:line.</param>
internal sealed record CalibrationTask(string Id, IReadOnlyList<string> Inputs, string Location)
{
    private const int MaxTasks = 100_000;

    /// <summary>Reads the tasks of a file.</summary>
    /// <exception cref="ConfigurationException">A line cannot be used; the message says which and why.</exception>
    public static async Task<IReadOnlyList<CalibrationTask>> LoadAsync(string path, CancellationToken cancellationToken)
    {
        var tasks = new List<CalibrationTask>();
        var ids = new HashSet<string>();
        await foreach ((JsonElement line, string location) in JsonLinesFile.ReadAsync(path, cancellationToken))
        {
            CalibrationTask task = Read(line, location);
            if (!ids.Add(task.Id))
                throw new ConfigurationException($"{location}: the id '{task.Id}' is taken. Ids are unique in a file.");
            tasks.Add(task);
            if (tasks.Count > MaxTasks)
                throw new ConfigurationException($"{location}: a file has at most {MaxTasks:N0} tasks.");
        }

        return tasks.Count > 0 ? tasks : throw new ConfigurationException($"There is no task in {path}. Write one a line: {{\"id\": \"t1\", \"inputs\": {{ }}}}.");
    }

    private static CalibrationTask Read(JsonElement line, string location)
    {
        if (!line.TryGetProperty("id", out JsonElement id) || id.ValueKind != JsonValueKind.String || id.GetString() is not { Length: > 0 } name)
            throw new ConfigurationException($"{location}: a task needs an 'id', a text.");
        if (!line.TryGetProperty("inputs", out JsonElement inputs))
            return new CalibrationTask(name, [], location);
        if (inputs.ValueKind != JsonValueKind.Object)
            throw new ConfigurationException($"{location}: 'inputs' is an object with a value for each input of the workflow.");
        return new CalibrationTask(name, [.. inputs.EnumerateObject().Select(input => $"{input.Name}={Text(input.Value)}")], location);
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
