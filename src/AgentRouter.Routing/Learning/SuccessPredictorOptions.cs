using AgentRouter.Routing.Learning.Trees;

namespace AgentRouter.Routing.Learning;

/// <summary>How a <see cref="SuccessPredictor"/> is trained. The defaults are the ones every published figure was measured with.</summary>
internal sealed record SuccessPredictorOptions
{
    /// <summary>Gets how much the data counts against the penalty in the regressions.</summary>
    public double Regularization { get; init; } = 0.5;

    /// <summary>Gets the value of a group's column in its rows: groups are penalised less than words, more than a free intercept.</summary>
    public float GroupScale { get; init; } = 0.5f;

    /// <summary>Gets what standardised hand features are multiplied by in the regressions, so that 54 of them do not drown the words.</summary>
    public float HandScale { get; init; } = 0.1f;

    /// <summary>Gets in how many training prompts a word must be.</summary>
    public int LeastPrompts { get; init; } = 2;

    /// <summary>Gets how many training rows a group, or a source, must have to be known.</summary>
    public int LeastGroupRows { get; init; } = 50;

    /// <summary>Gets how the trees are grown.</summary>
    public TreeForestOptions Trees { get; init; } = new();
}
