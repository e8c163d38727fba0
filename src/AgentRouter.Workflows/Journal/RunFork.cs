using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Configuration;
using AgentRouter.Events;
using AgentRouter.Suggestions;
using AgentRouter.Workflows.Engine;
using AgentRouter.Workflows.Runs;

namespace AgentRouter.Workflows.Journal;

/// <summary>Makes a new run of the beginning of another one.</summary>
internal static class RunFork
{
    private const string InputPrefix = "inputs.";

    /// <summary>Records the beginning of a run as that of a new one.</summary>
    /// <exception cref="ConfigurationException">The point or a changed name is not in the run.</exception>
    public static async Task CreateAsync(IRunStore store, RecordedStart from, string oldId, string newId, ForkRequest request, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        long last = from.Events[^1].Sequence;
        if (request.At < 1 || request.At > last)
            throw new ConfigurationException(string.Create(CultureInfo.InvariantCulture, $"The run '{oldId}' has the events 1 to {last}; it cannot be forked at {request.At}."));
        List<RunEvent> beginning = Beginning(from.Events, request.At);
        Check(oldId, from, beginning, request);
        await using IRunRecord record = await store.CreateAsync(newId, cancellationToken);
        long sequence = 0;
        foreach (RunEvent next in beginning)
        {
            ReadOnlyMemory<byte> value = next.Value is null ? default : await store.ReadValueAsync(next.Value, cancellationToken);
            await record.AppendAsync([new RunRecordEntry(next with { RunId = newId, Sequence = ++sequence }, value) { IsCopy = true }], cancellationToken);
        }

        var fork = new RunForked(oldId, request.At, request.Set.ToDictionary(set => set.Key, set => Json(set.Value)))
        {
            RunId = newId,
            Sequence = ++sequence,
            Time = timeProvider.GetUtcNow(),
            WorkspaceRoot = request.WorkspaceRoot,
        };
        await record.AppendAsync([new RunRecordEntry(fork)], cancellationToken);
    }

    /// <summary>Changes inputs as forks say.</summary>
    public static void Apply(IEnumerable<RunForked> forks, JsonObject inputs)
    {
        foreach ((string name, string json) in forks.SelectMany(fork => fork.Set))
        {
            if (name.StartsWith(InputPrefix, StringComparison.Ordinal))
                inputs[name[InputPrefix.Length..]] = JsonNode.Parse(json);
        }
    }

    /// <summary>Finds the visits whose outputs are changed: the last one before the fork of each node that it names.</summary>
    public static Dictionary<RunEvent, string> Outputs(IReadOnlyList<RunEvent> events)
    {
        var outputs = new Dictionary<RunEvent, string>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < events.Count; i++)
        {
            if (events[i] is not RunForked fork)
                continue;
            foreach ((string name, string json) in fork.Set.Where(set => !set.Key.StartsWith(InputPrefix, StringComparison.Ordinal)))
            {
                if (events.Take(i).LastOrDefault(next => next is NodeFinished && next.Node == name) is { } finished)
                    outputs[finished] = json;
            }
        }

        return outputs;
    }

    // without the calls that were on their way at that point, which the new run makes itself
    private static List<RunEvent> Beginning(IReadOnlyList<RunEvent> events, long at)
    {
        List<RunEvent> kept = [.. events.Where(next => next.Sequence <= at && next is not (RunEnded or RunResumed))];
        HashSet<int> whole = [.. kept.Where(next => next is CallAnswered or ToolReturned).Select(next => next.Step!.Value)];
        whole.UnionWith(kept.OfType<CallFailed>().Where(failed => failed.Next == CallFailed.GivesUp).Select(failed => failed.Step!.Value));
        whole.UnionWith(kept.OfType<BudgetRefused>().Where(refused => refused.Step is not null).Select(refused => refused.Step!.Value));
        return [.. kept.Where(next => next.Step is null || whole.Contains(next.Step.Value))];
    }

    private static void Check(string runId, RecordedStart from, List<RunEvent> beginning, ForkRequest request)
    {
        string[] names =
        [
            .. from.Start.Inputs.Select(input => InputPrefix + input.Key),
            .. beginning.OfType<NodeFinished>().Where(node => node.Output is not null).Select(node => node.Node!).Distinct(),
        ];
        foreach (string name in request.Set.Keys.Where(name => !names.Contains(name)))
            throw new ConfigurationException($"'{name}' is no input of the run '{runId}', and no node has that output by event {request.At}. {Suggestion.Sentence(name, names)}");
    }

    private static string Json(string value)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(value);
            return value;
        }
        catch (JsonException)
        {
            return JsonSerializer.Serialize(value);
        }
    }
}
