namespace AgentRouter.Routing.Evaluation.Streaming.Policies;

/// <summary>The best model of each group in a table that was filled before and learns no more.</summary>
internal sealed class FrozenTable : IStreamPolicy
{
    private readonly GroupTable _table;

    /// <summary>Fills the table.</summary>
    /// <param name="tasks">Tasks of which all outcomes are known.</param>
    /// <param name="models">How many models there are.</param>
    /// <param name="successValue">What a success is worth, in USD.</param>
    /// <param name="shrink">The shrinkage of the groups.</param>
    public FrozenTable(IEnumerable<StreamTask> tasks, int models, double successValue, double shrink)
    {
        _table = new GroupTable(models, successValue, shrink);
        foreach (StreamTask task in tasks)
        {
            for (int model = 0; model < models; model++)
                _table.Add(task, model);
        }
    }

    public int Choose(StreamTask task) => _table.Best(task.Group);
}
