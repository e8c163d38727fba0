namespace AgentRouter.Routing.Evaluation.Streaming.Policies;

/// <summary>The best model of the group by what was seen so far, and now and then any model: epsilon-greedy.</summary>
internal sealed class GreedyTable(int models, double successValue, Random random) : IStreamPolicy
{
    private const double Epsilon = 0.1;
    private const double Shrink = 5;

    private readonly GroupTable _table = new(models, successValue, Shrink);

    public int Choose(StreamTask task) => random.NextDouble() < Epsilon ? random.Next(models) : _table.Best(task.Group);

    public void Learn(StreamTask task, int model) => _table.Add(task, model);
}
