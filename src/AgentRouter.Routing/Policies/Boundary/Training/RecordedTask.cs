using AgentRouter.Routing.Outcomes;

namespace AgentRouter.Routing.Policies.Boundary.Training;

/// <summary>A task of an outcome table that can be played again with other choices: its steps in order, each with every rung's outcome.</summary>
/// <param name="Id">The task.</param>
/// <param name="Steps">The steps.</param>
internal sealed record RecordedTask(string Id, IReadOnlyList<OutcomeRow> Steps)
{
    /// <summary>Finds the tasks of a table; rows that lack a model of the ladder are left out.</summary>
    public static RecordedTask[] Of(OutcomeTable table, IReadOnlyList<string> models) =>
    [
        .. table.With(models).Rows.GroupBy(row => row.Task).Select(task => new RecordedTask(task.Key, [.. task.OrderBy(row => row.Step)])),
    ];
}
