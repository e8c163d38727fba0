namespace AgentRouter.Routing.Evaluation.Streaming.Policies;

/// <summary>The same model every time.</summary>
internal sealed class AlwaysModel(int model) : IStreamPolicy
{
    public int Choose(StreamTask task) => model;
}
