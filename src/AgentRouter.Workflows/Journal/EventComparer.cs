using System.Text.Json;
using System.Text.Json.Nodes;
using AgentRouter.Events;

namespace AgentRouter.Workflows.Journal;

/// <summary>Tells whether an event is the one that is recorded.</summary>
internal static class EventComparer
{
    // what two runs of the same work never have in common, and words for people, which a later version may choose otherwise; the share that is left
    // falls with the clock, and on a busy machine seconds pass between the opening of the ledger and the first event
    private static readonly HashSet<string> Volatile =
        ["sequence", "time", "runId", "duration", "latency", "timeToFirstToken", "elapsed", "step", "next", "reason", "value", "budgetLeft"];

    // what may depend on that share
    private static readonly HashSet<string> Shares = ["budgetUsed", "predictedSuccess"];
    private const double ShareTolerance = 0.01;

    /// <summary>Tells whether it is the same thing that happens: the same model, tool, edge, agent.</summary>
    public static bool IsSame(RunEvent now, RunEvent recorded) => (now, recorded) switch
    {
        (NodeStarted a, NodeStarted b) => a.Kind == b.Kind && a.Visit == b.Visit,
        (EdgeTaken a, EdgeTaken b) => a.To == b.To,
        (StepRouted a, StepRouted b) => a.Model == b.Model,
        (CallSent a, CallSent b) => a.Model == b.Model && a.Attempt == b.Attempt,
        (BudgetReserved a, BudgetReserved b) => a.Model == b.Model,
        (BudgetSettled a, BudgetSettled b) => a.Model == b.Model && a.Booked == b.Booked,
        (ToolCalled a, ToolCalled b) => a.Tool == b.Tool,
        (AgentRouted a, AgentRouted b) => a.Chosen.SequenceEqual(b.Chosen),
        (SkillsFound a, SkillsFound b) => a.Skills.SequenceEqual(b.Skills),
        (SkillsOffered a, SkillsOffered b) => a.Skills.SequenceEqual(b.Skills),
        (MemorySearched a, MemorySearched b) => a.Task == b.Task && a.Found == b.Found,
        (TaskEmbedded a, TaskEmbedded b) => a.Task == b.Task && a.Texts == b.Texts,
        (MemoryRecalled a, MemoryRecalled b) => a.Notes.SequenceEqual(b.Notes),
        (FactsAsked a, FactsAsked b) => a.Scope == b.Scope && a.Source == b.Source,
        (MemoryRemembered a, MemoryRemembered b) => a.Scope == b.Scope && a.Source == b.Source,
        (ContextCompacted a, ContextCompacted b) => a.Strategy == b.Strategy && a.Rounds == b.Rounds && a.Tried.SequenceEqual(b.Tried),
        (SkillOpened a, SkillOpened b) => a.Name == b.Name && a.File == b.File,
        _ => now.GetType() == recorded.GetType(),
    };

    /// <summary>Finds the first thing in which an event differs from the recorded one, times and durations aside.</summary>
    /// <returns>What differs, <c>reason: 'a' is recorded, now it is 'b'</c>; or <see langword="null"/>.</returns>
    public static string? Difference(RunEvent now, RunEvent recorded)
    {
        JsonNode a = JsonNode.Parse(RunEventJson.Serialize(recorded))!, b = JsonNode.Parse(RunEventJson.Serialize(now))!;
        return Difference(a, b, "");
    }

    private static string? Difference(JsonNode? recorded, JsonNode? now, string place)
    {
        if (recorded is not JsonObject a || now is not JsonObject b)
            return JsonNode.DeepEquals(recorded, now) ? null : $"{place}: {Show(recorded)} is recorded, now it is {Show(now)}";
        foreach (string name in a.Select(property => property.Key).Union(b.Select(property => property.Key)))
        {
            if (!Volatile.Contains(name) && !(Shares.Contains(name) && IsClose(a[name], b[name])) && Difference(a[name], b[name], place.Length == 0 ? name : $"{place}.{name}") is { } difference)
                return difference;
        }

        return null;
    }

    private static bool IsClose(JsonNode? a, JsonNode? b) =>
        a?.GetValueKind() == JsonValueKind.Number && b?.GetValueKind() == JsonValueKind.Number && Math.Abs(a.GetValue<double>() - b.GetValue<double>()) <= ShareTolerance;

    private static string Show(JsonNode? node)
    {
        string text = node is null ? "nothing" : node.GetValueKind() == JsonValueKind.String ? $"'{node.GetValue<string>()}'" : node.ToJsonString();
        return text.Length <= 120 ? text : text[..120] + "…";
    }
}
