namespace AgentRouter.Routing.Evaluation.Streaming.Policies;

/// <summary>Knows the outcomes: the best choice for each task.</summary>
internal sealed class Oracle(int models, double successValue) : IStreamPolicy
{
    /// <summary>Gets the most that a choice can earn.</summary>
    public static double BestReward(StreamTask task, int models, double successValue) =>
        Enumerable.Range(0, models).Max(model => task.Reward(model, successValue));

    public int Choose(StreamTask task) => Enumerable.Range(0, models).MaxBy(model => task.Reward(model, successValue));
}
