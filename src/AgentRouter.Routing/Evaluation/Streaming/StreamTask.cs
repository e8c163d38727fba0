namespace AgentRouter.Routing.Evaluation.Streaming;

/// <summary>A task of a stream: what is known before a model is chosen, and what would come of each model.</summary>
/// <param name="Group">Its group.</param>
/// <param name="Source">Where in the group it is from; empty when that is not known.</param>
/// <param name="Scores">The score with each model, in the stream's order of models.</param>
/// <param name="Usd">The cost with each model, in USD; 0 where it is not known.</param>
internal sealed record StreamTask(string Group, string Source, IReadOnlyList<double> Scores, IReadOnlyList<double> Usd)
{
    /// <summary>Gets what choosing a model earns: its score, less its cost in shares of a success.</summary>
    /// <param name="model">The model's number.</param>
    /// <param name="successValue">What a success is worth, in USD.</param>
    public double Reward(int model, double successValue) => Scores[model] - Usd[model] / successValue;
}
