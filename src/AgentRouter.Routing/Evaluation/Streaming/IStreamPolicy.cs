namespace AgentRouter.Routing.Evaluation.Streaming;

/// <summary>Chooses a model for each task of a stream and sees the outcome of that model only. Made anew for each order.</summary>
internal interface IStreamPolicy
{
    /// <summary>Chooses a model.</summary>
    /// <param name="task">The task; its outcomes are not looked at.</param>
    /// <returns>The model's number.</returns>
    int Choose(StreamTask task);

    /// <summary>Learns what came of a model.</summary>
    void Learn(StreamTask task, int model)
    {
    }
}
