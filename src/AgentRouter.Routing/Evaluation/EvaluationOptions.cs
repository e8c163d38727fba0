namespace AgentRouter.Routing.Evaluation;

/// <summary>How routers are measured on a table.</summary>
internal sealed record EvaluationOptions
{
    /// <summary>Gets the folds of the cross-validation, from 2.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Gets how often the cross-validation is repeated with other folds; figures are means over the repeats.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Gets a value indicating whether groups stay whole, so that each is predicted by what never saw it.</summary>
    public bool UnseenGroups { get; init; }

    /// <summary>Gets the seed of folds, trees and intervals.</summary>
    public int Seed { get; init; }
}
