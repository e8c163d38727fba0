namespace AgentRouter.Routing.Evaluation.Streaming.Policies;

/// <summary>Any model, by chance.</summary>
internal sealed class RandomModel(int models, Random random) : IStreamPolicy
{
    public int Choose(StreamTask task) => random.Next(models);
}
