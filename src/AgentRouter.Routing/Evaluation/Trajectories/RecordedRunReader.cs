using System.Text.Json;
using AgentRouter.Configuration;
using AgentRouter.JsonLines;

namespace AgentRouter.Routing.Evaluation.Trajectories;

/// <summary>Reads recorded runs from files of JSON Lines: one run a line, with its steps and their tokens, or with its messages. What it
/// does not know it leaves.</summary>
internal static class RecordedRunReader
{
    private const int MaxSteps = 10_000;
    private const long MaxTokens = 100_000_000;

    /// <summary>Reads all runs.</summary>
    /// <exception cref="ConfigurationException">A line cannot be used, or there is none; the message says where and why.</exception>
    public static async Task<IReadOnlyList<RecordedRun>> LoadAsync(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var runs = new List<RecordedRun>();
        foreach (string path in paths)
        {
            await foreach ((JsonElement line, string location) in JsonLinesFile.ReadAsync(path, cancellationToken).ConfigureAwait(false))
                runs.Add(Read(line, location));
        }

        return runs.Count > 0
            ? runs
            : throw new ConfigurationException($"There is no run in {string.Join(", ", paths)}. A run is a JSON object a line; docs/trajectories.md shows one.");
    }

    private static RecordedRun Read(JsonElement line, string location)
    {
        var json = new JsonFields(line, location);
        string id = json.Text("run_id") ?? json.Text("id") ?? throw json.Error("a run needs a 'run_id' or an 'id'.");
        return new RecordedRun
        {
            Id = id,
            Task = json.Text("task_id") ?? json.Any("task") ?? id,
            Model = json.Text("model"),
            Configuration = json.Text("config") ?? "",
            Reward = json.Share("reward"),
            Turns = [.. json.List("turns").Where(turn => turn.ValueKind == JsonValueKind.String).Select(turn => turn.GetString()!)],
            Steps = line.TryGetProperty("steps", out _) ? Steps(json) : MessageTrajectory.Steps(json),
            Location = location,
        };
    }

    private static List<RecordedStep> Steps(JsonFields run)
    {
        var steps = new List<RecordedStep>();
        foreach (JsonElement element in run.List("steps"))
        {
            if (steps.Count == MaxSteps)
                throw run.Error($"a run has at most {MaxSteps} steps.");
            JsonFields step = run.Within(element, $"step {steps.Count}");
            long input = step.Whole("in_tokens", MaxTokens) ?? throw step.Error("a step needs its prompt as 'in_tokens'.");
            long? read = step.Whole("cache_read", MaxTokens), written = step.Whole("cache_write", MaxTokens);
            var calls = new List<RecordedCall>();
            var observations = new List<string>(Texts(step.List("obs")));
            foreach (JsonElement call in step.List("calls"))
            {
                JsonFields fields = step.Within(call, "a call");
                calls.Add(new RecordedCall(fields.Text("tool") ?? "", fields.Any("args") ?? ""));
                if (fields.Any("obs") is { } answer)
                    observations.Add(answer);
            }

            steps.Add(new RecordedStep
            {
                PromptTokens = input + (read ?? 0) + (written ?? 0),
                CachedTokens = read,
                WrittenTokens = written,
                // where a stream was logged at its first event, the count of that is not the output
                OutputTokens = step.Whole("out_tokens_est", MaxTokens) ?? step.Whole("out_tokens", MaxTokens) ?? throw step.Error("a step needs its output as 'out_tokens'."),
                Time = step.Time("t"),
                Turn = (int)(step.Whole("turn", MaxSteps) ?? 0),
                Text = step.Text("text") ?? "",
                Calls = calls,
                Observations = observations,
            });
        }

        return steps;
    }

    private static IEnumerable<string> Texts(IEnumerable<JsonElement> elements) =>
        elements.Select(element => element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText());
}
