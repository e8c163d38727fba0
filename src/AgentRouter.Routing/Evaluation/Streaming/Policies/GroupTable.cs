namespace AgentRouter.Routing.Evaluation.Streaming.Policies;

/// <summary>The model with the best mean reward in the task's group, each mean shrunken to the model's mean over all groups.</summary>
/// <param name="models">How many models there are.</param>
/// <param name="successValue">What a success is worth, in USD.</param>
/// <param name="shrink">How many made-up outcomes at the model's mean each group begins with.</param>
internal sealed class GroupTable(int models, double successValue, double shrink)
{
    private readonly Cell[] _all = Cells(models);
    private readonly Dictionary<string, Cell[]> _groups = [];

    public void Add(StreamTask task, int model)
    {
        double reward = task.Reward(model, successValue);
        if (!_groups.TryGetValue(task.Group, out Cell[]? cells))
            _groups[task.Group] = cells = Cells(models);
        cells[model].Add(reward);
        _all[model].Add(reward);
    }

    public int Best(string group)
    {
        Cell[]? cells = _groups.GetValueOrDefault(group);
        return Enumerable.Range(0, models).MaxBy(model =>
        {
            double mean = _all[model].Count > 0 ? _all[model].Sum / _all[model].Count : 0;
            return cells is null ? mean : (cells[model].Sum + shrink * mean) / Math.Max(cells[model].Count + shrink, 1e-9);
        });
    }

    private static Cell[] Cells(int models) => [.. Enumerable.Range(0, models).Select(_ => new Cell())];

    private sealed class Cell
    {
        public double Sum { get; private set; }

        public int Count { get; private set; }

        public void Add(double reward)
        {
            Sum += reward;
            Count++;
        }
    }
}
