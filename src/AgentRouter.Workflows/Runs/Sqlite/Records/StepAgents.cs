using AgentRouter.Events;
using AgentRouter.Sqlite;

namespace AgentRouter.Workflows.Runs.Sqlite.Records;

/// <summary>Whose calls the steps of a run are, as their routing says.</summary>
internal sealed class StepAgents
{
    private readonly Dictionary<int, string?> _agents = [];

    public void Add(StepRouted routed)
    {
        if (routed.Step is { } step)
            _agents[step] = routed.Agent;
    }

    /// <summary>Gets the agent of a step. One that was routed before this process opened the run is looked up in the record.</summary>
    public string? Of(SqliteStatements db, long run, int? step)
    {
        if (step is not { } number)
            return null;
        if (!_agents.TryGetValue(number, out string? agent))
            _agents[number] = agent = Recorded(db, run, number);
        return agent;
    }

    private static string? Recorded(SqliteStatements db, long run, int step)
    {
        StoredEvent? found = db.First(
            "SELECT id, data FROM events WHERE id BETWEEN ?1 AND ?2 AND kind = 'step.routed' AND step = ?3 ORDER BY id DESC LIMIT 1",
            static row => (StoredEvent?)StoredEvent.Read(row),
            EventKey.First(run), EventKey.Last(run), (long)step);
        return found is { } stored ? (RunEventJson.Deserialize(EventText.Unpack(stored)) as StepRouted)?.Agent : null;
    }
}
